// What a client asks for, and how it is said.
#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "protocols/pop3/client_session.h"
#include "protocols/pop3/decimal.h"

namespace mailcosm::pop3 {
namespace {

// A command line has at most 255 octets with its CRLF (RFC 2449 section 4); keyword and space take
// five.
constexpr std::size_t kArgumentLengthMax = 248;

bool is_sayable(std::string_view text) {
  return text.size() <= kArgumentLengthMax && std::ranges::all_of(text, ascii::is_printable);
}

// Behind these nothing is pipelined: what follows depends on the answer.
bool must_wait(Command command) { return command == Command::kCapa || command == Command::kAuth; }

}  // namespace

bool ClientSession::add(Request request, Instant now) {
  if (quit_asked_ || closed()) return false;
  if (requests_.empty()) wait_from(now);
  requests_.push_back(std::move(request));
  return true;
}

bool ClientSession::capa(Instant now) { return add({.command = Command::kCapa}, now); }

bool ClientSession::log_in(std::string_view user, std::string_view password, LoginMethod method,
                           Instant now) {
  if (method == LoginMethod::kSasl) {
    const std::optional<sasl::Mechanism> mechanism = sasl::choose(capabilities_.sasl);
    if (mechanism) {
      if (user.empty() || user.size() > kArgumentLengthMax) return false;
      if (!add({.command = Command::kAuth, .argument = std::string(sasl::name_of(*mechanism))},
               now)) {
        return false;
      }
      sasl_.emplace(*mechanism, sasl::Credentials{"", std::string(user), std::string(password)});
      return true;
    }
  }
  const bool has_space = user.find(' ') != std::string_view::npos;
  if (user.empty() || has_space || !is_sayable(user) || !is_sayable(password)) return false;
  return add({.command = Command::kUser, .argument = std::string(user)}, now) &&
         add({.command = Command::kPass, .argument = std::string(password)}, now);
}

bool ClientSession::stat(Instant now) { return add({.command = Command::kStat}, now); }

bool ClientSession::list(MessageNumber number, Instant now) {
  return add({.command = Command::kList, .number = number}, now);
}

bool ClientSession::uidl(MessageNumber number, Instant now) {
  return add({.command = Command::kUidl, .number = number}, now);
}

bool ClientSession::retr(MessageNumber number, Instant now) {
  return add({.command = Command::kRetr, .number = number}, now);
}

bool ClientSession::top(MessageNumber number, std::uint32_t lines, Instant now) {
  return add({.command = Command::kTop, .number = number, .lines = lines}, now);
}

bool ClientSession::dele(MessageNumber number, Instant now) {
  return add({.command = Command::kDele, .number = number}, now);
}

bool ClientSession::noop(Instant now) { return add({.command = Command::kNoop}, now); }

bool ClientSession::rset(Instant now) { return add({.command = Command::kRset}, now); }

bool ClientSession::quit(Instant now) {
  if (!add({.command = Command::kQuit}, now)) return false;
  quit_asked_ = true;
  return true;
}

void ClientSession::send_requests(std::string& output) {
  if (phase_ == Phase::kGreeting || closed() || closing_) return;
  while (sent_ < requests_.size()) {
    if (sent_ > 0 && (!capabilities_.pipelining || must_wait(requests_[sent_ - 1].command))) return;
    write(requests_[sent_], output);
    ++sent_;
  }
}

void ClientSession::write(const Request& request, std::string& output) {
  output.append(to_string(request.command));
  if (!request.argument.empty() || request.command == Command::kPass) {
    output.append(" ").append(request.argument);
  }
  if (request.command == Command::kAuth) {
    std::string response;
    // An initial response that would make the line too long is kept for the challenge (RFC 5034
    // section 4).
    if (sasl_->has_initial_response()) {
      sasl::Client ahead = *sasl_;
      if (ahead.respond("", response)) {
        const std::string encoded = response.empty() ? "=" : base64::encode(response);
        if (request.argument.size() + 1 + encoded.size() <= kArgumentLengthMax) {
          output.append(" ").append(encoded);
          sasl_ = std::move(ahead);
        }
      }
    }
  }
  if (request.number != 0) {
    output.push_back(' ');
    append_decimal(request.number, output);
  }
  if (request.command == Command::kTop) {
    output.push_back(' ');
    append_decimal(request.lines, output);
  }
  output.append("\r\n");
}

}  // namespace mailcosm::pop3
