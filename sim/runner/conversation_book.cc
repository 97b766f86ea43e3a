#include "sim/runner/conversation_book.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/ascii.h"
#include "sim/trace/owned_record.h"

namespace mailcosm::sim::runner {
namespace {

using Mark = ConversationLine::Mark;
using scenario::Check;
using scenario::Expectation;
using scenario::Topic;

constexpr std::size_t kLineMax = 1'000;  // octets kept of a line
constexpr int kCausesMax = 1'000;        // steps back from a record to its conversation

// What the expectation says about a property or a field of the record, or nothing.
std::string_view wanted(const Expectation& expectation, std::string_view name) {
  for (const std::vector<Check>* checks : {&expectation.where, &expectation.checks}) {
    for (const Check& check : *checks) {
      const std::string& property = check.property == "field" ? check.header : check.property;
      if (property == name && check.comparison == scenario::Comparison::kIs) return check.text;
    }
  }
  return {};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool refuses(std::string_view protocol, std::string_view reply) {
  if (protocol == "pop3") return reply.starts_with("-ERR");
  if (protocol == "imap") {
    ascii::take_until(reply, ' ');
    const std::string_view status = ascii::take_until(reply, ' ');
    return status == "NO" || status == "BAD" || status == "BYE";
  }
  return reply.size() >= 3 && (reply[0] == '4' || reply[0] == '5') && is_digit(reply[1]) &&
         is_digit(reply[2]) && (reply.size() == 3 || reply[3] == ' ' || reply[3] == '-');
}

bool is_orderly(std::string_view reason) {
  return reason.empty() || ascii::equal_ignoring_case(reason, "quit") ||
         ascii::equal_ignoring_case(reason, "logout") || ascii::equal_ignoring_case(reason, "bye");
}

bool mentions(const Conversation& conversation, std::string_view text) {
  return std::any_of(
      conversation.lines.begin(), conversation.lines.end(),
      [&](const ConversationLine& line) { return line.text.find(text) != std::string::npos; });
}

int protocol_score(Topic topic, std::string_view kind, std::string_view protocol) {
  const bool retrieval = protocol == "pop3" || protocol == "imap";
  if (topic == Topic::kReceived) return retrieval ? 8 : 0;
  if (topic == Topic::kMailbox || topic == Topic::kMessage) return protocol == "lmtp" ? 1 : 0;
  if (topic == Topic::kQueue || topic == Topic::kBounce) return retrieval ? 0 : 4;
  if (topic != Topic::kEvent) return 0;
  const bool of_client = kind.starts_with("mail.") || kind == "message.fetched" ||
                         kind == "message.deleted" || kind == "flags.changed" ||
                         kind == "message.expunged";
  return retrieval == of_client ? 4 : 0;
}

std::string_view domain_of(std::string_view host) {
  const std::size_t dot = host.find('.');
  return dot == std::string_view::npos ? std::string_view{} : host.substr(dot);
}

// A host that is named and took part, or at least one of its neighbours.
int host_score(const Conversation& conversation, std::string_view host) {
  if (host.empty()) return 0;
  if (conversation.client == host || conversation.server == host) return 32;
  const std::string_view domain = domain_of(host);
  return !domain.empty() && conversation.server.ends_with(domain) ? 4 : 0;
}

// The lines around one, or the last.
Conversation part_of(const Conversation& whole, std::size_t lines_max, const Instant* around) {
  Conversation part = whole;
  std::size_t end = whole.lines.size();
  if (around != nullptr) {
    const auto behind = std::find_if(whole.lines.begin(), whole.lines.end(),
                                     [&](const auto& line) { return line.time > *around; });
    // What was answered belongs to it.
    const auto at = static_cast<std::size_t>(behind - whole.lines.begin());
    end = std::min(whole.lines.size(), std::max(at + 2, std::min(lines_max, end)));
  }
  const std::size_t begin = end - std::min(end, lines_max);
  using Offset = std::vector<ConversationLine>::difference_type;
  part.lines.assign(whole.lines.begin() + static_cast<Offset>(begin),
                    whole.lines.begin() + static_cast<Offset>(end));
  part.lines_left_out = whole.lines_left_out + begin;
  return part;
}

}  // namespace

void ConversationBook::opened(const Record& record) {
  Entry& entry = entries_[record.subject.connection];
  if (!entry.conversation.protocol.empty()) return;
  Conversation& conversation = entry.conversation;
  const bool client = field_of(record, "side").text == "client";
  const std::string_view peer = field_of(record, "peer").text;
  const std::string_view remote = field_of(record, "remote").text;
  const std::string_view other = peer.empty() ? remote : peer;
  conversation.client = client ? header_.name_of(record.host) : other;
  conversation.server = client ? other : header_.name_of(record.host);
  conversation.protocol = field_of(record, "protocol").text;
  conversation.begin = conversation.end = record.time;
  entry.number = entries_.size();
}

void ConversationBook::add(const Record& record, Mark mark, std::string text) {
  const auto found = entries_.find(record.subject.connection);
  if (found == entries_.end() || record.host != record.subject.connection.opener()) return;
  Entry& entry = found->second;
  Conversation& conversation = entry.conversation;
  conversation.end = record.time;
  entry.trouble = entry.trouble || mark == Mark::kError ||
                  (mark == Mark::kReceived && refuses(conversation.protocol, text));
  if (lines_ >= kLinesInAll) return;
  if (conversation.lines.size() >= kLinesMax) {
    conversation.lines.erase(conversation.lines.begin(),
                             conversation.lines.begin() + kLinesMax / 2);
    conversation.lines_left_out += kLinesMax / 2;
  }
  if (text.size() > kLineMax) text.resize(kLineMax);
  conversation.lines.push_back({mark, record.time, std::move(text)});
  ++lines_;
}

void ConversationBook::accept(const Record& record) {
  if (origins_.size() < kRecordsMax) {
    origins_[record.id.bits()] = {record.subject.connection,
                                  record.causes.empty() ? RecordId{} : record.causes[0],
                                  record.time};
  }
  switch (record.kind) {
    case Kind::kSessionOpened:
      return opened(record);
    case Kind::kLineSent:
      return add(record, Mark::kSent, std::string(field_of(record, "text").text));
    case Kind::kLineReceived:
      return add(record, Mark::kReceived, std::string(field_of(record, "text").text));
    case Kind::kDataSent:
    case Kind::kDataReceived:
      return add(record, Mark::kRemark,
                 fmt::format("({} octets of {} {})", field_of(record, "bytes").text.size(),
                             field_of(record, "what").text,
                             record.kind == Kind::kDataSent ? "sent" : "received"));
    case Kind::kNote:
      return add(record, Mark::kRemark, std::string(field_of(record, "text").text));
    case Kind::kSessionClosed:
      if (!is_orderly(field_of(record, "reason").text)) {
        add(record, Mark::kError,
            fmt::format("Connection closed: {}", field_of(record, "reason").text));
      }
      return;
    default:
      return;
  }
}

// Walks back along the nearest causes.
const ConversationBook::Entry* ConversationBook::entry_of(RecordId record, Instant& time) const {
  for (int step = 0; step < kCausesMax; ++step) {
    const auto origin = origins_.find(record.bits());
    if (origin == origins_.end()) return nullptr;
    const auto entry = entries_.find(origin->second.connection);
    if (entry != entries_.end() && !entry->second.conversation.empty()) {
      time = origin->second.time;
      return &entry->second;
    }
    record = origin->second.cause;
  }
  return nullptr;
}

const ConversationBook::Entry* ConversationBook::best_fit(const Expectation& expectation) const {
  const std::string_view host = wanted(expectation, "host");
  const std::string_view protocol = wanted(expectation, "protocol");
  const std::string_view kind = wanted(expectation, "kind");
  const std::string_view user = wanted(expectation, "user");
  const std::string_view person = user.substr(0, user.find('@'));
  const Entry* best = nullptr;
  std::pair<int, std::size_t> best_score;
  for (const auto& [id, entry] : entries_) {
    const Conversation& conversation = entry.conversation;
    if (conversation.empty()) continue;
    int score = protocol_score(expectation.topic, kind, conversation.protocol) +
                host_score(conversation, host);
    if (!protocol.empty() && conversation.protocol == protocol) score += 16;
    if (!person.empty() && mentions(conversation, person)) score += 4;
    if (entry.trouble) score += 2;
    const std::pair candidate(score, entry.number);
    if (best == nullptr || candidate > best_score) {
      best = &entry;
      best_score = candidate;
    }
  }
  return best;
}

Conversation ConversationBook::around(RecordId record, std::size_t lines_max) const {
  Instant time;
  const Entry* entry = entry_of(record, time);
  return entry == nullptr ? Conversation{} : part_of(entry->conversation, lines_max, &time);
}

Conversation ConversationBook::concerned(const Expectation& expectation,
                                         const expectations::Result& result,
                                         std::size_t lines_max) const {
  Conversation conversation = around(result.record, lines_max);
  if (!conversation.empty()) return conversation;
  const Entry* entry = best_fit(expectation);
  return entry == nullptr ? Conversation{} : part_of(entry->conversation, lines_max, nullptr);
}

}  // namespace mailcosm::sim::runner
