#include "sim/trace/narrative/session_block.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "sim/trace/narrative/facts.h"
#include "sim/trace/owned_record.h"

namespace mailcosm::sim::narrative {
namespace {

// The dialogue ended as its protocol wants it.
bool is_orderly(std::string_view reason) {
  return reason.empty() || ascii::equal_ignoring_case(reason, "quit") ||
         ascii::equal_ignoring_case(reason, "logout") || ascii::equal_ignoring_case(reason, "bye");
}

// "a4 UID STORE 1 +FLAGS (\Seen)"
bool is_change(std::string_view line) {
  return line.find(" STORE ") != std::string_view::npos ||
         line.find(" MOVE ") != std::string_view::npos;
}

// Whether a line is one that servers of this protocol say.
bool is_of_server(std::string_view protocol, std::string_view line) {
  if (protocol == "imap") {
    std::string_view rest = line;
    const std::string_view first = ascii::take_until(rest, ' ');
    const std::string_view second = ascii::take_until(rest, ' ');
    return first == "*" || first == "+" || line == ")" || second == "OK" || second == "NO" ||
           second == "BAD";
  }
  if (protocol == "pop3") {
    std::string_view rest = line;
    const std::string_view first = ascii::take_until(rest, ' ');
    constexpr std::string_view kCommands[] = {"USER", "PASS", "STAT", "UIDL", "LIST", "RETR",
                                              "DELE", "CAPA", "NOOP", "RSET", "TOP",  "QUIT"};
    return std::find(std::begin(kCommands), std::end(kCommands), first) == std::end(kCommands);
  }
  return line.size() >= 3 && ascii::is_digit(line[0]) && ascii::is_digit(line[1]) &&
         ascii::is_digit(line[2]);
}

// What stands behind the base64 of "AUTH PLAIN AGFsaWNl...": RFC 4616 section 2, with the password
// left out.
std::string plain_meaning(std::string_view line) {
  constexpr std::string_view kCommand = "AUTH PLAIN ";
  if (!ascii::starts_with_ignoring_case(line, kCommand)) return {};
  const auto octets = base64::decode(line.substr(kCommand.size()));
  if (!octets) return {};
  std::string_view rest = *octets;
  ascii::take_until(rest, '\0');
  const std::string_view user = ascii::take_until(rest, '\0');
  return user.empty() || rest.empty()
             ? std::string()
             : fmt::format("(base64, not a secret code: the user {} and the password)", user);
}

}  // namespace

SessionBlock::SessionBlock(HostIndex host, Instant begin, const NarrativeOptions& options)
    : Block(host, begin), options_(options), steps_(1) {
  steps_[0].begin = steps_[0].end = begin;
}

void SessionBlock::touch_step(Instant now) {
  touch(now);
  current().end = now;
}

void SessionBlock::line(Mark mark, std::string_view text) {
  take_excerpt();
  current().add_line(mark, text, options_.lines_max);
}

void SessionBlock::take_excerpt() {
  if (!excerpt_.empty()) excerpt_.take(current(), excerpt_lines_, options_.lines_max);
}

void SessionBlock::composed(const Record& record) {
  composed_ = true;
  user_ = field_of(record, "user").text;
  device_ = field_of(record, "device").text;
  recipients_ = field_of(record, "recipients").text;
  std::replace(recipients_.begin(), recipients_.end(), ' ', ',');
  for (std::size_t at = 0; (at = recipients_.find(',', at)) != std::string::npos; at += 2) {
    recipients_.replace(at, 1, ", ");
  }
  subject_ = field_of(record, "subject").text;
  set_message(record.subject.message);
  touch_step(record.time);
}

void SessionBlock::lookup_started(const Record& record) {
  const std::string_view name = field_of(record, "name").text;
  const std::string_view type = field_of(record, "type").text;
  lookups().push_back({record.host, std::string(name), std::string(type)});
  if (looked_up_.empty()) looked_up_ = fmt::format("{} ({})", name, type);
  touch_step(record.time);
}

void SessionBlock::dns(const Record& record, const Names& names) {
  touch(record.time);
  if (record.kind != Kind::kDnsSent || record.host == host()) return;
  if (field_of(record, "direction").text != "query") return;
  const std::string server(names.at(field_of(record, "peer").text));
  if (std::find(servers_asked_.begin(), servers_asked_.end(), server) == servers_asked_.end()) {
    servers_asked_.push_back(server);
  }
}

void SessionBlock::lookup_answered(const Record& record, const Names& names) {
  const std::string_view result = field_of(record, "result").text;
  const std::string_view answers = field_of(record, "answers").text;
  std::string text = fmt::format("{} looks up {} {}: {}", names.host(record.host),
                                 field_of(record, "name").text, field_of(record, "type").text,
                                 answers.empty() ? std::string(result) : without_dots(answers));
  if (!servers_asked_.empty())
    text += fmt::format(" (its resolver asked {})", listed(servers_asked_));
  servers_asked_.clear();
  line(Mark::kRemark, text);
  touch_step(record.time);
}

void SessionBlock::opened(const Record& record, const Names& names) {
  opened_ = true;
  connection_ = record.subject.connection;
  protocol_ = field_of(record, "protocol").text;
  const std::string_view remote = field_of(record, "remote").text;
  loopback_ = address_of(field_of(record, "local").text) == address_of(remote);
  const std::string_view peer = field_of(record, "peer").text;
  peer_ = peer.empty() || peer == address_of(remote) ? names.at(remote) : peer;
  set_message(record.subject.message);
  current().parties = fmt::format("{} {} to {} {}", names.host(host()),
                                  field_of(record, "local").text, peer_, remote);
  touch_step(record.time);
}

void SessionBlock::assume_user(std::string_view user, std::string_view device) {
  if (!user_.empty() || !retrieves()) return;
  user_ = user;
  device_ = device;
}

void SessionBlock::continue_session(ConnectionId connection, std::string_view protocol,
                                    std::string_view peer, std::string_view user,
                                    std::string_view device) {
  opened_ = continued_ = true;
  connection_ = connection;
  protocol_ = protocol;
  peer_ = peer;
  user_ = user;
  device_ = device;
}

void SessionBlock::follow(SessionBlock& submission) {
  submission.set_follow_up(*this);
  user_ = submission.user_;
  device_ = submission.device_;
  set_message(submission.message());
}

// "a3 APPEND Sent (\\Seen) {310}"
void SessionBlock::learn_mailbox(std::string_view line) {
  const std::size_t at = line.find(" APPEND ");
  if (protocol_ != "imap" || at == std::string_view::npos || !filed_in_.empty()) return;
  std::string_view rest = line.substr(at + 8);
  filed_in_ = rest.starts_with('"') ? rest.substr(1, rest.find('"', 1) - 1)
                                    : rest.substr(0, rest.find(' '));
}

// Both sides of a loopback are on one host, but only the client's is told.
bool SessionBlock::is_other_side(const Record& record) const {
  if (!loopback_) return false;
  const bool sent = record.kind == Kind::kLineSent || record.kind == Kind::kDataSent;
  if (record.kind == Kind::kLineSent || record.kind == Kind::kLineReceived)
    return is_of_server(protocol_, field_of(record, "text").text) == sent;
  return retrieves() == sent;
}

void SessionBlock::dialogue(const Record& record, std::size_t lines_shown) {
  if (is_other_side(record)) return;
  set_message(record.subject.message);
  touch_step(record.time);
  switch (record.kind) {
    case Kind::kLineSent: {
      const std::string_view text = field_of(record, "text").text;
      line(Mark::kSent, text);
      if (ascii::starts_with_ignoring_case(text, "AUTH ")) authenticates_ = true;
      learn_mailbox(text);
      changes_ = changes_ || is_change(text);
      if (const std::string meaning = plain_meaning(text); !meaning.empty()) {
        line(Mark::kRemark, meaning);
      }
      break;
    }
    case Kind::kLineReceived:
      line(Mark::kReceived, field_of(record, "text").text);
      break;
    case Kind::kDataSent:
    case Kind::kDataReceived: {
      const Mark mark = record.kind == Kind::kDataSent ? Mark::kSent : Mark::kReceived;
      if (!excerpt_.empty() && excerpt_.mark() != mark) take_excerpt();
      if (excerpt_.empty()) excerpt_lines_ = lines_shown;
      excerpt_.add(mark, field_of(record, "bytes").text);
      break;
    }
    case Kind::kSessionClosed: {
      if (loopback_ && !other_side_closed_) {
        other_side_closed_ = true;
        break;
      }
      take_excerpt();
      const std::string_view reason = field_of(record, "reason").text;
      if (!is_orderly(reason)) line(Mark::kError, fmt::format("Connection closed: {}", reason));
      close();
      break;
    }
    default:
      break;
  }
}

void SessionBlock::note(const Record& record) {
  line(Mark::kRemark, field_of(record, "text").text);
  touch_step(record.time);
}

void SessionBlock::learn_user(const Record& record) {
  if (record.host != host()) return;
  switch (record.kind) {
    case Kind::kMailChecked:
    case Kind::kMailCheckFailed:
    case Kind::kMessageFetched:
    case Kind::kMessageDeleted:
    case Kind::kCopyChanged:
    case Kind::kCopyNumbered:
    case Kind::kCopyRemoved:
      user_ = field_of(record, "user").text;
      device_ = field_of(record, "device").text;
      break;
    default:
      break;
  }
}

void SessionBlock::checked(const Record& record) {
  asks_ = true;
  if (!retrieves() || field_of(record, "new").number == 0 || steps_.size() > 1) return;
  take_excerpt();
  Step fetching;
  fetching.begin = fetching.end = record.time;
  steps_.push_back(std::move(fetching));
}

void SessionBlock::add(const Record& record, Outcome outcome) {
  learn_user(record);
  if (record.kind == Kind::kMessageFetched) ++fetched_;
  if (record.kind == Kind::kMessageDeleted) deletes_ = true;
  delivers_ = delivers_ || record.kind == Kind::kRecipientDelivered;
  fails_ =
      fails_ || record.kind == Kind::kRecipientDeferred || record.kind == Kind::kRecipientBounced;
  current().add_outcome(std::move(outcome));
  touch_step(record.time);
}

std::vector<Step> SessionBlock::tell(const Names& names, const Memory& memory) {
  take_excerpt();
  steps_[0].heading = heading(names, memory);
  if (retrieves() && steps_.size() > 1) steps_[1].heading = fetch_heading(names);
  if (retrieves() && !continued_ && !changes_) {
    const std::string key = "retrieval of " + user_;
    for (Step& step : steps_) step.joins = key;
    if (steps_.size() > 1) steps_[1].joined_by_next = true;
  }
  return std::move(steps_);
}

std::string SessionBlock::client_name(const Names& names) const {
  return user_.empty() ? std::string(names.host(host())) : device_of(user_, device_);
}

std::string SessionBlock::heading(const Names& names, const Memory& memory) const {
  if (composed_) return submission_heading(names);
  if (continued_) return continued_heading(names);
  if (!opened_) {
    return looked_up_.empty() ? fmt::format("On {}.", names.host(host()))
                              : fmt::format("{} looks up {}.", names.host(host()), looked_up_);
  }
  if (retrieves()) return retrieval_heading(names);
  return delivery_heading(names, memory);
}

std::string SessionBlock::continued_heading(const Names& names) const {
  const std::string client = client_name(names);
  const std::string protocol = ascii::to_upper(protocol_);
  const std::vector<Line>& lines = steps_[0].lines;
  const bool silent = std::none_of(lines.begin(), lines.end(), [](const Line& line) {
    return line.mark == Mark::kSent || line.mark == Mark::kReceived;
  });
  if (silent && closed()) {
    return fmt::format("The connection between {} and {} ({}) is at its end.", client, peer_,
                       protocol);
  }
  const bool news =
      !lines.empty() && lines[0].mark == Mark::kReceived && lines[0].text.starts_with("* ");
  if (protocol_ == "imap" && news) {
    return fmt::format("{} tells {} at once what is new: the two are still connected ({}).", peer_,
                       client, protocol);
  }
  return fmt::format("{} and {} are still connected ({}).", client, peer_, protocol);
}

std::string SessionBlock::submission_heading(const Names& names) const {
  const std::string about =
      subject_.empty() ? std::string() : fmt::format(" about \"{}\"", subject_);
  std::string text = fmt::format("{} writes to {}{}.", person(user_), recipients_, about);
  const std::string device = device_.empty() ? std::string(names.host(host())) : "The " + device_;
  if (submitted_along_)
    return text + fmt::format(" {} submits it in the session that is open.", device);
  if (!opened_) return text + fmt::format(" {} cannot hand the message over.", device);
  return text + fmt::format(" {} {} {} and submits the message.", device,
                            authenticates_ ? "logs in to" : "connects to", peer_);
}

std::string SessionBlock::delivery_heading(const Names& names, const Memory& memory) const {
  const std::string_view from = names.host(host());
  const bool in_vain = fails_ && !delivers_;
  if (protocol_ == "lmtp") {
    return fmt::format("{} {} the message over to the mailbox server {} by LMTP.", from,
                       in_vain ? "tries to hand" : "hands", peer_);
  }
  if (protocol_ == "submission") return fmt::format("{} submits a message to {}.", from, peer_);
  if (protocol_ != "smtp") return fmt::format("{} talks {} with {}.", from, protocol_, peer_);
  if (const Memory::Choice* choice = memory.choice(host(), peer_);
      choice && choice->preference >= 0) {
    return fmt::format("{} connects to {}, {} mail server of {} (preference {}), and {} by SMTP.",
                       from, peer_, choice->best ? "the best" : "another", choice->domain,
                       choice->preference, in_vain ? "tries to deliver" : "delivers");
  }
  const std::string_view arrival = memory.arrival(host(), message());
  if (arrival == "SMTP" || arrival == "ESMTP") {
    return fmt::format("{} {} the message on to the next SMTP server, {}.", from,
                       in_vain ? "tries to pass" : "passes", peer_);
  }
  return fmt::format("{} connects to {} and {} by SMTP.", from, peer_,
                     in_vain ? "tries to deliver" : "delivers");
}

std::string SessionBlock::retrieval_heading(const Names& names) const {
  if (!filed_in_.empty()) {
    return fmt::format("{} puts a copy into {} on {} by {}.", client_name(names), filed_in_, peer_,
                       ascii::to_upper(protocol_));
  }
  return fmt::format("{} logs in to {} by {} and {}.", client_name(names), peer_,
                     ascii::to_upper(protocol_),
                     asks_ || !changes_ ? "asks for new mail" : "tells it what was changed");
}

std::string SessionBlock::fetch_heading(const Names& names) const {
  const std::string what = fetched_ == 1 ? "the message" : "the new messages";
  if (protocol_ == "imap") {
    return fmt::format("{} copies {} with IMAP; the server keeps {}.", client_name(names), what,
                       fetched_ == 1 ? "it" : "them");
  }
  return fmt::format("{} downloads {} with POP3{}.", client_name(names), what,
                     deletes_ ? " and deletes what it has on the server" : "");
}

}  // namespace mailcosm::sim::narrative
