#include "protocols/sasl/server.h"

#include "protocols/sasl/limits.h"

namespace mailcosm::sasl {
namespace {

bool is_field(std::string_view text) {
  return text.size() <= kFieldLengthMax && text.find('\0') == std::string_view::npos;
}

}  // namespace

Server::Step Server::start(std::optional<std::string_view> initial_response,
                           std::string& challenge) {
  if (initial_response) return step(*initial_response, challenge);
  challenge = mechanism_ == Mechanism::kLogin ? "Username:" : "";
  return Step::kChallenge;
}

Server::Step Server::step(std::string_view response, std::string& challenge) {
  return mechanism_ == Mechanism::kPlain ? step_plain(response) : step_login(response, challenge);
}

// message = [authzid] UTF8NUL authcid UTF8NUL passwd            (RFC 4616 section 2)
Server::Step Server::step_plain(std::string_view response) {
  const std::size_t first = response.find('\0');
  if (first == std::string_view::npos) return Step::kMalformed;
  const std::size_t second = response.find('\0', first + 1);
  if (second == std::string_view::npos) return Step::kMalformed;
  const std::string_view authorization = response.substr(0, first);
  const std::string_view login = response.substr(first + 1, second - first - 1);
  const std::string_view password = response.substr(second + 1);
  if (!is_field(authorization) || !is_field(login) || !is_field(password) || login.empty() ||
      password.empty()) {
    return Step::kMalformed;
  }
  credentials_ = {std::string(authorization), std::string(login), std::string(password)};
  return Step::kVerify;
}

Server::Step Server::step_login(std::string_view response, std::string& challenge) {
  if (!is_field(response) || response.empty()) return Step::kMalformed;
  if (!has_login_) {
    has_login_ = true;
    credentials_.login = response;
    challenge = "Password:";
    return Step::kChallenge;
  }
  credentials_.password = response;
  return Step::kVerify;
}

}  // namespace mailcosm::sasl
