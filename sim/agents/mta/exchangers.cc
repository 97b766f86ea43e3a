#include "sim/agents/mta/exchangers.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/ascii.h"

namespace mailcosm::sim {

bool drop_from_self(std::vector<Exchanger>& exchangers, std::span<const std::string> own_names) {
  const auto self = std::find_if(exchangers.begin(), exchangers.end(), [&](const Exchanger& e) {
    return std::any_of(own_names.begin(), own_names.end(), [&](const std::string& name) {
      return ascii::equal_ignoring_case(name, e.host);
    });
  });
  if (self == exchangers.end()) return false;
  const int preference = self->preference;
  std::erase_if(exchangers, [&](const Exchanger& e) { return e.preference >= preference; });
  return true;
}

std::string to_string(const std::vector<Exchanger>& exchangers) {
  std::string text;
  for (const Exchanger& exchanger : exchangers) {
    if (!text.empty()) text += ", ";
    if (exchanger.preference >= 0) text += fmt::format("{} ", exchanger.preference);
    text += exchanger.host;
  }
  return text;
}

}  // namespace mailcosm::sim
