#include "protocols/base/base64.h"
#include "protocols/imap/server_session.h"

namespace mailcosm::imap {
namespace {

using namespace server;

constexpr std::string_view kCapabilities =
    "IMAP4rev1 CHILDREN IDLE LITERAL- MOVE NAMESPACE SASL-IR UIDPLUS UNSELECT";

// AUTH= names are told as long as they can be used (RFC 3501 section 6.1.1).
void append_capabilities(State state, std::string& output) {
  output.append("CAPABILITY ").append(kCapabilities);
  if (state != State::kNotAuthenticated) return;
  for (const sasl::MechanismInfo& mechanism : sasl::mechanisms()) {
    output.append(" AUTH=").append(mechanism.name);
  }
}

}  // namespace

void ServerSession::greet(std::string& output) {
  output.append("* OK [");
  append_capabilities(state_, output);
  output.append("] ").append(config_->host_name).append(" IMAP4rev1 server ready\r\n");
}

ServerSession::Step ServerSession::capability(Lexer& lexer, std::string& output) {
  if (!lexer.at_end()) return bad("Takes no arguments", output);
  output.append("* ");
  append_capabilities(state_, output);
  output.append("\r\n");
  return done(output);
}

// login = "LOGIN" SP userid SP password
ServerSession::Step ServerSession::login(Lexer& lexer, std::string& output) {
  credentials_ = {};
  sasl_.reset();
  if (!lexer.take_space() || !lexer.take_astring(credentials_.login) || !lexer.take_space() ||
      !lexer.take_astring(credentials_.password) || !lexer.at_end()) {
    return bad("LOGIN takes a user and a password", output);
  }
  return ask(Question::kLogin);
}

// authenticate = "AUTHENTICATE" SP auth-type [SP (base64 / "=")] *(CRLF base64), the initial
// response of RFC 4959.
ServerSession::Step ServerSession::authenticate(Lexer& lexer, std::string& output) {
  std::string_view name;
  if (!lexer.take_space() || !lexer.take_atom(name))
    return bad("AUTHENTICATE takes a mechanism", output);
  std::optional<std::string> initial;
  if (lexer.take_space()) {
    initial = lexer.rest() == "=" ? std::string() : base64::decode(lexer.rest());
    if (!initial) return bad("The initial response is no base64", output);
  } else if (!lexer.at_end()) {
    return bad("AUTHENTICATE takes a mechanism", output);
  }
  const auto mechanism = sasl::mechanism_of(name);
  if (!mechanism) {
    return finish(Condition::kNo, ResponseCode::kCannot, "Mechanism is not known", output);
  }
  sasl_.emplace(*mechanism);
  std::string challenge;
  const std::optional<std::string_view> view =
      initial ? std::optional<std::string_view>(*initial) : std::nullopt;
  const sasl::Server::Step result = sasl_->start(view, challenge);
  return sasl_step(result, challenge, output);
}

ServerSession::Step ServerSession::sasl_line(std::string_view line, std::string& output) {
  // RFC 3501 section 6.2.2: a lone asterisk cancels.
  if (line == "*") return bad("AUTHENTICATE cancelled", output);
  const auto response = base64::decode(line);
  if (!response) return bad("The response is no base64", output);
  command_.resize(line_begin_);
  std::string challenge;
  const sasl::Server::Step result = sasl_->step(*response, challenge);
  return sasl_step(result, challenge, output);
}

ServerSession::Step ServerSession::sasl_step(sasl::Server::Step result, std::string_view challenge,
                                             std::string& output) {
  switch (result) {
    case sasl::Server::Step::kChallenge:
      output.append("+ ");
      base64::encode(challenge, output);
      output.append("\r\n");
      phase_ = Phase::kSasl;
      return {};
    case sasl::Server::Step::kVerify:
      credentials_ = sasl_->credentials();
      return ask(Question::kLogin);
    case sasl::Server::Step::kMalformed:
      break;
  }
  return bad("The response is malformed", output);
}

void ServerSession::answer_login(const Verdict& verdict, std::string& output) {
  credentials_ = {};
  sasl_.reset();
  if (verdict.condition == Condition::kOk) {
    std::string code;
    append_capabilities(State::kAuthenticated, code);
    done_with(code, output);
    rearm();
    return;
  }
  // One text for all reasons (RFC 3501 section 11.2).
  const ResponseCode code =
      verdict.code == ResponseCode::kNone ? ResponseCode::kAuthenticationFailed : verdict.code;
  finish(Condition::kNo, code, verdict.text.empty() ? "Authentication failed" : verdict.text,
         output);
  if (++failed_logins_ >= config_->limits.failed_logins_max) {
    close_with(Closed::Reason::kTooManyErrors, "Too many failed logins");
  }
}

}  // namespace mailcosm::imap
