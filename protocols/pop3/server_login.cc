// Logging in: USER and PASS (RFC 1939 section 7), AUTH (RFC 5034).
#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "protocols/pop3/server_session.h"

namespace mailcosm::pop3 {

void ServerSession::user(std::string_view argument, std::string& output) {
  if (argument.empty() || argument.find(' ') != std::string_view::npos) {
    return error(ResponseCode::kNone, "one name expected", output);
  }
  // Whether the name exists is not told before the password has come (RFC 1939 section 13).
  user_.assign(argument);
  change_state(true);
  ok("send PASS", output);
}

// The rest of the line is the password, spaces included (RFC 1939 section 7).
void ServerSession::pass(std::string_view argument) {
  password_.assign(argument);
  task_ = Task::kAskLogin;
}

void ServerSession::refuse_login(std::string& output) {
  task_ = Task::kReadLine;
  user_.clear();
  change_state(false);
  switch (refusal_) {
    case ResponseCode::kAuth:
      error(refusal_, "login refused", output);
      break;
    case ResponseCode::kInUse:
      error(refusal_, "maildrop is locked by another session", output);
      break;
    case ResponseCode::kLoginDelay:
      error(refusal_, "too soon after the last login", output);
      break;
    case ResponseCode::kSysPerm:
      error(refusal_, "maildrop cannot be opened", output);
      break;
    default:
      error(ResponseCode::kSysTemp, "try again later", output);
      break;
  }
  if (refusal_ != ResponseCode::kAuth) return;
  if (++login_failures_ >= config_->limits.login_failures_max) {
    close(server::Closed::Reason::kTooManyErrors);
  }
}

void ServerSession::auth(std::string_view argument, std::string& output) {
  const bool has_response = argument.find(' ') != std::string_view::npos;
  const std::optional<sasl::Mechanism> mechanism =
      sasl::mechanism_of(ascii::take_until(argument, ' '));
  if (!mechanism) return error(ResponseCode::kNone, "unknown mechanism", output);
  std::optional<std::string> response;
  if (has_response) {
    // A lone "=" is an initial response of no octets (RFC 5034 section 4).
    response = argument == "=" ? std::string() : base64::decode(argument);
    if (!response || argument.empty()) return error(ResponseCode::kNone, "not base64", output);
  }
  sasl_.emplace(*mechanism);
  std::string challenge;
  const sasl::Server::Step step = sasl_->start(response, challenge);
  sasl_step(step, challenge, output);
}

void ServerSession::sasl_response(std::string_view line, std::string& output) {
  const bool is_cancelled = line == "*";
  const std::optional<std::string> response =
      line_too_long_ || is_cancelled ? std::nullopt : base64::decode(line);
  if (response) {
    std::string challenge;
    const sasl::Server::Step step = sasl_->step(*response, challenge);
    return sasl_step(step, challenge, output);
  }
  sasl_.reset();
  change_state(false);
  if (line_too_long_) return error(ResponseCode::kNone, "line is too long", output);
  error(ResponseCode::kNone, is_cancelled ? "cancelled" : "not base64", output);
}

void ServerSession::sasl_step(sasl::Server::Step step, std::string_view challenge,
                              std::string& output) {
  if (step == sasl::Server::Step::kChallenge) {
    state_ = State::kAuthenticating;
    output.append("+ ");
    base64::encode(challenge, output);
    output.append("\r\n");
    return;
  }
  const sasl::Credentials given = sasl_->credentials();
  sasl_.reset();
  if (step == sasl::Server::Step::kMalformed) {
    change_state(false);
    return error(ResponseCode::kNone, "malformed response", output);
  }
  user_ = given.login;
  password_ = given.password;
  // Nobody may act as somebody else here.
  if (!given.authorization.empty() && given.authorization != given.login) {
    refusal_ = ResponseCode::kAuth;
    task_ = Task::kRefuseLogin;
  } else {
    task_ = Task::kAskLogin;
  }
}

}  // namespace mailcosm::pop3
