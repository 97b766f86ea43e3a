// AUTH (RFC 4954).
#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "protocols/smtp/server_session.h"

namespace mailcosm::smtp {

ServerEvent ServerSession::auth(std::string_view arguments, std::string& output) {
  const auto& mechanisms = config_->mechanisms;
  if (mechanisms.empty()) return refuse({502, {5, 5, 1}, "AUTH is not implemented"}, output);
  if (!extended_) return refuse({503, {5, 5, 1}, "Say EHLO first"}, output);
  if (authenticated_) return refuse({503, {5, 5, 1}, "Already authenticated"}, output);

  const std::string_view name = ascii::take_until(arguments, ' ');
  if (name.empty()) return refuse({501, {5, 5, 4}, "Syntax: AUTH mechanism"}, output);
  const std::optional<sasl::Mechanism> mechanism = sasl::mechanism_of(name);
  if (!mechanism ||
      std::find(mechanisms.begin(), mechanisms.end(), *mechanism) == mechanisms.end()) {
    return refuse({504, {5, 5, 4}, "Mechanism not offered"}, output);
  }
  sasl_.emplace(*mechanism);
  std::string challenge;
  if (arguments.empty()) {
    const sasl::Server::Step step = sasl_->start(std::nullopt, challenge);
    return auth_step(step, challenge, output);
  }
  return auth_response(arguments, true, output);
}

ServerEvent ServerSession::auth_line(std::string_view line, std::string& output) {
  state_ = State::kReady;
  if (line == "*") {
    sasl_.reset();
    return refuse({501, {5, 7, 0}, "Authentication cancelled"}, output);
  }
  return auth_response(line, false, output);
}

// The response is decoded behind the output, and taken away again before anything is said.
ServerEvent ServerSession::auth_response(std::string_view text, bool initial, std::string& output) {
  const std::size_t start = output.size();
  // RFC 4954 section 4: "=" stands for an initial response of no octets.
  const bool nothing = initial && text == "=";
  sasl::Server::Step step = sasl::Server::Step::kMalformed;
  std::string challenge;
  if (nothing || base64::decode(text, output)) {
    const std::string_view response = std::string_view(output).substr(start);
    step = initial ? sasl_->start(response, challenge) : sasl_->step(response, challenge);
  }
  output.resize(start);
  return auth_step(step, challenge, output);
}

ServerEvent ServerSession::auth_step(sasl::Server::Step step, std::string_view challenge,
                                     std::string& output) {
  switch (step) {
    case sasl::Server::Step::kChallenge:
      state_ = State::kAuth;
      write_reply({334, {}, base64::encode(challenge)}, false, output);
      return NeedMore{};
    case sasl::Server::Step::kVerify:
      return ask(Question::kAuth,
                 AuthAsked{sasl::name_of(sasl_->mechanism()), &sasl_->credentials()});
    case sasl::Server::Step::kMalformed:
      sasl_.reset();
      return refuse({501, {5, 5, 2}, "Cannot decode the response"}, output);
  }
  return NeedMore{};
}

void ServerSession::answer_auth(const Reply& given, std::string& output) {
  sasl_.reset();
  if (given.code >= 300) {
    if (count_error(output)) return;
    write(given, {535, {5, 7, 8}, "Authentication credentials invalid"}, output);
    return;
  }
  authenticated_ = true;
  write(given, {235, {2, 7, 0}, "Authentication successful"}, output);
}

}  // namespace mailcosm::smtp
