#include "protocols/smtp/server_session.h"

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"

namespace mailcosm::smtp {
namespace {

// Requests of HTTP: a browser is being used to attack us, and must not go on to speak SMTP in its
// request's body.
bool is_http(std::string_view verb) {
  return verb == "GET" || verb == "POST" || verb == "CONNECT" || verb == "PUT" || verb == "HEAD";
}

bool has_control(std::string_view line) {
  for (char c : line) {
    if (ascii::is_control(c) && c != '\t') return true;
  }
  return false;
}

}  // namespace

ServerSession::ServerSession(const ServerConfig& config, Instant now)
    : config_(&config), now_(now), deadline_(Instant::never()) {}

void ServerSession::receive(std::string_view bytes, Instant now) {
  CHECK(!line_reported_);
  now_ = now;
  if (closing_ || input_ended_ || input_overflowed_) return;
  if (question_open() &&
      buffer_.buffered().size() + bytes.size() > config_->limits.input_waiting_max) {
    input_overflowed_ = true;
    return;
  }
  buffer_.append(bytes);
  if (state_ == State::kData && !question_open()) await_client();
}

void ServerSession::end_of_input(Instant now) {
  now_ = now;
  input_ended_ = true;
}

void ServerSession::expire(Instant now) {
  CHECK(now >= deadline_);
  now_ = now;
  deadline_ = Instant::never();
  expired_ = true;
}

void ServerSession::await_client() { deadline_ = now_ + config_->limits.command_timeout; }

ServerEvent ServerSession::next(std::string& output) {
  if (question_open()) return NeedMore{};
  if (reset_due_ || closing_) return next_closing();
  if (state_ == State::kStart) return ask(Question::kConnect, ConnectAsked{});
  if (expired_) {
    write({421, {4, 4, 2}, "Timeout, closing connection"}, {}, output);
    return close(CloseReason::kTimeout);
  }
  if (input_overflowed_) {
    write({421, {4, 3, 2}, "Too much input, closing connection"}, {}, output);
    return close(CloseReason::kProtocolError);
  }
  return state_ == State::kData ? next_data(output) : next_line(output);
}

ServerEvent ServerSession::next_line(std::string& output) {
  while (true) {
    ServerEvent event = NeedMore{};
    if (line_reported_) {
      line_reported_ = false;
      await_client();
      event = dispatch(line_, output);
      if (std::holds_alternative<NeedMore>(event) && state_ == State::kData) {
        return next_data(output);
      }
    } else {
      const LineBuffer::Taken taken = buffer_.take_line(line_length_max() - 2);
      if (taken.status == LineBuffer::Status::kNeedMore) {
        return input_ended_ ? close(CloseReason::kEndOfInput) : NeedMore{};
      }
      if (taken.status == LineBuffer::Status::kLine) {
        line_ = taken.line;
        line_reported_ = true;
        return LineReceived{line_};
      }
      await_client();
      event = refuse_long_line(output);
    }
    if (!std::holds_alternative<NeedMore>(event)) return event;
  }
}

// The limit for the line that has begun: extensions lengthen some commands.
std::size_t ServerSession::line_length_max() const {
  const ServerLimits& limits = config_->limits;
  if (state_ == State::kAuth) return limits.auth_line_length_max;
  const std::string_view begun = buffer_.buffered();
  if (ascii::starts_with_ignoring_case(begun, "AUTH ")) return limits.auth_line_length_max;
  std::size_t length = limits.command_line_length_max;
  if (ascii::starts_with_ignoring_case(begun, "MAIL ")) {
    const ExtensionSet set = offered();
    for (const ExtensionInfo& info : extensions()) {
      if (set.has(info.extension)) length += info.mail_octets;
    }
  }
  return length;
}

ServerEvent ServerSession::refuse_long_line(std::string& output) {
  if (state_ != State::kAuth) return refuse({500, {5, 5, 2}, "Line too long"}, output);
  // RFC 4954 section 4.
  sasl_.reset();
  state_ = State::kReady;
  return refuse({500, {5, 5, 6}, "Authentication exchange line is too long"}, output);
}

ServerEvent ServerSession::dispatch(std::string_view line, std::string& output) {
  if (state_ == State::kAuth) return auth_line(line, output);
  if (has_control(line)) {
    return refuse({500, {5, 5, 2}, "Control characters are not allowed"}, output);
  }
  std::string_view arguments = line;
  const std::string_view verb = ascii::take_until(arguments, ' ');
  // RFC 5321 section 4.1.1: white space before the CRLF is tolerated.
  while (!arguments.empty() && ascii::is_blank(arguments.back())) arguments.remove_suffix(1);

  const std::optional<Command> command = command_of(verb);
  if (!command && is_http(verb)) {
    write({502, {5, 7, 0}, "This is not a web server"}, {}, output);
    return close(CloseReason::kProtocolError);
  }
  if (!command || !implements(*command)) {
    return refuse({500, {5, 5, 1}, "Command not recognized"}, output);
  }
  if (refused_ && *command != Command::kQuit) {
    return refuse({503, {5, 5, 1}, "No service here, say QUIT"}, output);
  }
  return handle(*command, arguments, output);
}

bool ServerSession::implements(Command command) const {
  const bool lmtp = config_->service == Service::kLmtp;
  // RFC 2033 section 4.1: LHLO replaces HELO and EHLO, which must not succeed.
  if (command == Command::kLhlo) return lmtp;
  return !lmtp || (command != Command::kHelo && command != Command::kEhlo);
}

ServerEvent ServerSession::handle(Command command, std::string_view arguments,
                                  std::string& output) {
  const Transition& transition = transition_of(state_, command);
  if (!transition.allowed) {
    if (command == Command::kData && rejected_recipients_ != 0 &&
        config_->service != Service::kLmtp) {
      return refuse({554, {5, 5, 1}, "No valid recipients"}, output);
    }
    return refuse({503, {5, 5, 1}, transition.refusal}, output);
  }
  switch (command) {
    case Command::kHelo:
    case Command::kEhlo:
    case Command::kLhlo:
      if (arguments.empty() ||
          !is_domain_or_literal(arguments, config_->limits.domain_length_max)) {
        return refuse({501, {5, 5, 4}, "A domain or an address literal is needed"}, output);
      }
      return helo(command, arguments);
    case Command::kAuth:
      return auth(arguments, output);
    case Command::kMail:
      return mail(arguments, output);
    case Command::kRcpt:
      return rcpt(arguments, output);
    case Command::kData:
      return data(arguments, output);
    case Command::kRset:
      return rset(arguments, output);
    case Command::kVrfy:
    case Command::kExpn:
      return vrfy(command, arguments, output);
    case Command::kHelp:
      return help(output);
    case Command::kNoop:
      write({250, {2, 0, 0}, "OK"}, {}, output);
      return NeedMore{};
    case Command::kQuit:
      return quit(arguments, output);
  }
  return NeedMore{};
}

}  // namespace mailcosm::smtp
