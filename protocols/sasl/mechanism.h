// The mechanisms, as data: one row each, strongest first.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace mailcosm::sasl {

enum class Mechanism : std::uint8_t {
  kPlain,  // RFC 4616
  kLogin,  // draft-murchison-sasl-login: two prompts, still asked for by old clients
};

struct MechanismInfo {
  Mechanism mechanism;
  std::string_view name;
  bool client_first;  // the client has something to say before the first challenge
};

std::span<const MechanismInfo> mechanisms();
std::string_view name_of(Mechanism mechanism);
// Without regard to case (RFC 4954 section 4); nothing for a mechanism that is not built.
std::optional<Mechanism> mechanism_of(std::string_view name);
// The first mechanism of mechanisms() that occurs in a list of names separated by spaces.
std::optional<Mechanism> choose(std::string_view offered);

}  // namespace mailcosm::sasl
