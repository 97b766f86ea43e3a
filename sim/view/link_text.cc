#include "sim/view/link_text.h"

#include <fmt/format.h>

#include "sim/trace/time_text.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::int64_t kStep = 1000;

// The largest unit in which the rate is a whole number.
std::string bandwidth_text(std::int64_t bits_per_second) {
  constexpr std::string_view kUnits[] = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"};
  std::size_t unit = 0;
  while (unit + 1 < std::size(kUnits) && bits_per_second % kStep == 0) {
    bits_per_second /= kStep;
    ++unit;
  }
  return fmt::format("{} {}", bits_per_second, kUnits[unit]);
}

// Parts in a million as a percentage, without zeros at the end.
std::string percent_text(std::int64_t per_million) {
  constexpr std::int64_t kPerPercent = 10'000;
  std::string text = fmt::format("{}.{:04}", per_million / kPerPercent, per_million % kPerPercent);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + " %";
}

}  // namespace

std::string link_text(const MapLink& link) {
  std::string text = duration_text(link.latency);
  if (link.bits_per_second > 0) text += ", " + bandwidth_text(link.bits_per_second);
  if (link.loss_per_million > 0) text += ", " + percent_text(link.loss_per_million) + " loss";
  return text;
}

}  // namespace mailcosm::sim::view
