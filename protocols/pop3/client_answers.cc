// What a server answers, and what it means for the request at the front.
#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "protocols/pop3/client_session.h"

namespace mailcosm::pop3 {

using client::Closed;
using client::Event;
using client::NeedMore;

Event ClientSession::handle_greeting(const Response& response) {
  phase_ = Phase::kStatus;
  if (!response.ok) {
    closing_ = true;
    reason_ = Closed::Reason::kGreetingRefused;
  }
  return client::Greeted{response};
}

Event ClientSession::handle_status(const Response& response) {
  response_ = response;
  const Request& request = requests_.front();
  switch (request.command) {
    case Command::kUser:
    case Command::kPass:
    case Command::kAuth:
      return handle_login(response);
    case Command::kQuit:
      return close(response.ok ? Closed::Reason::kQuit : Closed::Reason::kQuitFailed);
    default:
      break;
  }
  if (response.ok && is_multi_line(request.command, request.number != 0)) return begin_multi_line();
  if (request.command == Command::kCapa) {
    capabilities_ = {};
    done();
    return client::CapabilitiesReceived{false, &capabilities_};
  }
  return handle_single_line(response);
}

Event ClientSession::handle_login(const Response& response) {
  const Command command = requests_.front().command;
  if (command == Command::kUser && response.ok) {
    done();
    return NeedMore{};
  }
  if (command == Command::kUser && sent_ > 1) {
    // PASS is on its way already: its answer, another refusal, decides.
    done();
    return NeedMore{};
  }
  done();
  if (command == Command::kUser) requests_.pop_front();  // PASS, which was not said
  sasl_.reset();
  return client::LoginDecided{response};
}

Event ClientSession::handle_challenge(std::string_view challenge, std::string& output) {
  const std::optional<std::string> decoded = base64::decode(challenge);
  std::string response;
  if (decoded && sasl_->respond(*decoded, response)) {
    base64::encode(response, output);
  } else {
    output.append("*");
  }
  output.append("\r\n");
  return NeedMore{};
}

// "nn mm" of STAT, "number size" of LIST, "number unique-id" of UIDL; for the first two, more may
// follow.
bool ClientSession::parse_item(std::string_view text, Event& event) const {
  const auto number = ascii::parse_unsigned(ascii::take_until(text, ' '), UINT32_MAX);
  if (!number) return false;
  const auto n = static_cast<MessageNumber>(*number);
  if (requests_.front().command == Command::kUidl) {
    constexpr std::size_t kUniqueIdLengthMax = 70;  // RFC 1939 section 7
    if (n == 0 || text.empty() || text.size() > kUniqueIdLengthMax) return false;
    for (const char c : text) {
      if (!ascii::is_printable(c) || c == ' ') return false;
    }
    event = client::UidlItem{n, text};
    return true;
  }
  const auto size = ascii::parse_unsigned(ascii::take_until(text, ' '));
  if (!size) return false;
  if (requests_.front().command == Command::kStat) {
    event = client::StatReceived{n, *size};
  } else {
    event = client::ListItem{n, *size};
    if (n == 0) return false;
  }
  return true;
}

Event ClientSession::handle_single_line(const Response& response) {
  const Command command = requests_.front().command;
  const bool has_item =
      command == Command::kStat || command == Command::kList || command == Command::kUidl;
  if (!response.ok || !has_item) return done();
  Event item;
  if (!parse_item(response.text, item)) return close(Closed::Reason::kProtocolError);
  done_due_ = true;
  return item;
}

Event ClientSession::begin_multi_line() {
  // Its text is gone by the time that the answer is complete.
  response_.text = {};
  const Command command = requests_.front().command;
  if (command == Command::kCapa) capabilities_ = {};
  listing_lines_ = 0;
  content_size_ = 0;
  decoder_ = ContentDecoder();
  const bool is_content = command == Command::kRetr || command == Command::kTop;
  phase_ = is_content ? Phase::kContent : Phase::kListing;
  return NeedMore{};
}

Event ClientSession::handle_listing_line(std::string_view line) {
  if (line == ".") return end_multi_line();
  if (line.starts_with('.')) line.remove_prefix(1);
  if (++listing_lines_ > limits_.listing_lines_max) return close(Closed::Reason::kProtocolError);
  if (requests_.front().command == Command::kCapa) {
    capabilities_.add(line);
    return NeedMore{};
  }
  Event item;
  if (!parse_item(line, item)) return close(Closed::Reason::kProtocolError);
  return item;
}

Event ClientSession::take_content() {
  const ContentDecoder::Front front = decoder_.look(lines_.buffered());
  if (front.what == ContentDecoder::What::kNeedMore) {
    return end_of_input_ ? close(Closed::Reason::kPeerClosed) : Event{};
  }
  lines_.take_bytes(front.skip);
  if (front.what == ContentDecoder::What::kEnd) {
    line_ = ".";
    line_reported_ = true;
    return client::LineReceived{line_};
  }
  content_size_ += front.size;
  if (content_size_ > limits_.content_size_max) return close(Closed::Reason::kProtocolError);
  return client::ContentReceived{requests_.front().number, lines_.take_bytes(front.size)};
}

Event ClientSession::end_multi_line() {
  phase_ = Phase::kStatus;
  if (requests_.front().command == Command::kCapa) {
    done();
    return client::CapabilitiesReceived{true, &capabilities_};
  }
  return done();
}

// The request at the front is over.
Event ClientSession::done() {
  done_due_ = false;
  const Request& request = requests_.front();
  const client::RequestDone event{request.command, request.number, response_};
  requests_.pop_front();
  --sent_;
  return event;
}

}  // namespace mailcosm::pop3
