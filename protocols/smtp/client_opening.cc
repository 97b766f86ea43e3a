// The opening of a session: greeting, EHLO or LHLO, HELO, AUTH (RFC 5321 sections 3.1, 3.2; RFC
// 4954).
#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "protocols/smtp/client_session.h"

namespace mailcosm::smtp {
namespace {

// RFC 4954 section 4: an initial response that makes the command longer than this must not be used.
constexpr std::size_t kAuthCommandLengthMax = 512 - 2;

}  // namespace

ClientEvent ClientSession::handle_greeting(const Reply& reply, std::string& output) {
  if (reply.code / 100 != 2) return refuse(Stage::kGreeting, reply, output);
  say_helo(Phase::kEhlo, output);
  return NeedMore{};
}

void ClientSession::say_helo(Phase phase, std::string& output) {
  if (phase == Phase::kHelo) {
    output += "HELO ";
  } else {
    output += config_->service == Service::kLmtp ? "LHLO " : "EHLO ";
  }
  output += config_->host_name;
  output += "\r\n";
  wait_for(phase, config_->limits.mail_timeout);
}

ClientEvent ClientSession::handle_ehlo(const Reply& reply, std::string& output) {
  if (reply.code / 100 == 2) {
    extended_ = true;
    learn_extensions(reply.text);
    return after_helo(output);
  }
  // RFC 5321 section 3.2: a server that does not know EHLO is spoken to in the old way. LMTP has no
  // old way.
  if (!reply.permanent() || config_->service == Service::kLmtp) {
    return refuse(Stage::kEhlo, reply, output);
  }
  say_helo(Phase::kHelo, output);
  return NeedMore{};
}

void ClientSession::learn_extensions(std::string_view text) {
  ascii::take_until(text, '\n');  // the greeting
  while (!text.empty()) {
    std::string_view arguments = ascii::take_until(text, '\n');
    const std::optional<Extension> extension = extension_of(ascii::take_until(arguments, ' '));
    if (!extension) continue;
    extensions_.offered.add(*extension);
    if (*extension == Extension::kSize) {
      extensions_.size_max = ascii::parse_unsigned(arguments).value_or(0);
    }
    if (*extension == Extension::kAuth) extensions_.auth_mechanisms = arguments;
  }
}

ClientEvent ClientSession::handle_helo(const Reply& reply, std::string& output) {
  if (reply.code / 100 != 2) return refuse(Stage::kHelo, reply, output);
  return after_helo(output);
}

ClientEvent ClientSession::after_helo(std::string& output) {
  if (!config_->credentials) {
    become_ready();
    return NeedMore{};
  }
  const std::optional<sasl::Mechanism> mechanism = sasl::choose(extensions_.auth_mechanisms);
  if (!mechanism) return refuse(Stage::kAuth, {}, output);
  begin_auth(*mechanism, output);
  return NeedMore{};
}

// Responses are put together and encoded in the output itself.
void ClientSession::begin_auth(sasl::Mechanism mechanism, std::string& output) {
  const std::size_t start = output.size();
  output += "AUTH ";
  output += sasl::name_of(mechanism);
  sasl_.emplace(mechanism, *config_->credentials);
  if (sasl_->has_initial_response()) {
    // Tried on a copy: where it does not fit, it is the answer to an empty challenge instead.
    sasl::Client ahead = *sasl_;
    const std::size_t name_end = output.size();
    output += ' ';
    const std::size_t response = output.size();
    const bool said = ahead.respond({}, output);
    if (output.size() == response) {
      output += '=';
    } else {
      base64::encode_tail(output, response);
    }
    if (said && output.size() - start <= kAuthCommandLengthMax) {
      sasl_ = std::move(ahead);
    } else {
      output.resize(name_end);
    }
  }
  output += "\r\n";
  wait_for(Phase::kAuth, config_->limits.mail_timeout);
}

ClientEvent ClientSession::handle_auth(const Reply& reply, std::string& output) {
  if (reply.code == 334) {
    const std::optional<std::string> challenge = base64::decode(reply.text);
    const std::size_t start = output.size();
    if (challenge && sasl_ && sasl_->respond(*challenge, output)) {
      base64::encode_tail(output, start);
    } else {
      output += '*';  // RFC 4954 section 4: cancels
      sasl_.reset();
    }
    output += "\r\n";
    wait_for(Phase::kAuth, config_->limits.mail_timeout);
    return NeedMore{};
  }
  sasl_.reset();
  if (reply.code / 100 != 2) return refuse(Stage::kAuth, reply, output);
  become_ready();
  return NeedMore{};
}

ClientEvent ClientSession::refuse(Stage stage, const Reply& reply, std::string& output) {
  closing_ = CloseReason::kRefused;
  if (reply.code == 421) {
    phase_ = Phase::kClosed;
    deadline_ = Instant::never();
  } else {
    output += "QUIT\r\n";
    wait_for(Phase::kQuit, config_->limits.mail_timeout);
  }
  return SessionRefused{stage, reply};
}

}  // namespace mailcosm::smtp
