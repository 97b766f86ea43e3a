#include "protocols/pop3/capabilities.h"

#include "protocols/base/ascii.h"

namespace mailcosm::pop3 {
namespace {

std::optional<std::uint32_t> number_of(std::string_view text) {
  const auto number = ascii::parse_unsigned(ascii::take_until(text, ' '), UINT32_MAX);
  if (!number) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

}  // namespace

void Capabilities::add(std::string_view line) {
  const std::string_view tag = ascii::take_until(line, ' ');
  const auto is = [tag](std::string_view name) { return ascii::equal_ignoring_case(tag, name); };
  if (is("TOP")) top = true;
  if (is("UIDL")) uidl = true;
  if (is("USER")) user = true;
  if (is("RESP-CODES")) response_codes = true;
  if (is("AUTH-RESP-CODE")) authentication_response_codes = true;
  if (is("PIPELINING")) pipelining = true;
  if (is("STLS")) stls = true;
  if (is("SASL")) sasl = line;
  if (is("LOGIN-DELAY")) login_delay_seconds = number_of(line);
  if (is("EXPIRE")) {
    expire_days = number_of(line);
    expire_never = ascii::equal_ignoring_case(ascii::take_until(line, ' '), "NEVER");
  }
  if (is("IMPLEMENTATION")) implementation = line;
}

}  // namespace mailcosm::pop3
