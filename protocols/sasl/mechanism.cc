#include "protocols/sasl/mechanism.h"

#include <array>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"

namespace mailcosm::sasl {
namespace {

constexpr std::array<MechanismInfo, 2> kMechanisms = {{
    {Mechanism::kPlain, "PLAIN", true},
    {Mechanism::kLogin, "LOGIN", false},
}};

}  // namespace

std::span<const MechanismInfo> mechanisms() { return kMechanisms; }

std::string_view name_of(Mechanism mechanism) {
  const MechanismInfo& info = kMechanisms[static_cast<std::size_t>(mechanism)];
  CHECK(info.mechanism == mechanism);
  return info.name;
}

std::optional<Mechanism> mechanism_of(std::string_view name) {
  for (const MechanismInfo& info : kMechanisms) {
    if (ascii::equal_ignoring_case(info.name, name)) return info.mechanism;
  }
  return std::nullopt;
}

std::optional<Mechanism> choose(std::string_view offered) {
  for (const MechanismInfo& info : kMechanisms) {
    std::string_view rest = offered;
    while (!rest.empty()) {
      if (ascii::equal_ignoring_case(ascii::take_until(rest, ' '), info.name)) {
        return info.mechanism;
      }
    }
  }
  return std::nullopt;
}

}  // namespace mailcosm::sasl
