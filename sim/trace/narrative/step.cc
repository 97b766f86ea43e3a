#include "sim/trace/narrative/step.h"

#include <algorithm>

namespace mailcosm::sim::narrative {
namespace {

constexpr std::size_t kLineMax = 1024;  // octets kept of a line; more than fits on three rows
constexpr std::size_t kOutcomesMax = 24;

}  // namespace

void Step::add_line(Mark mark, std::string_view text, std::size_t lines_max) {
  if (lines.size() >= lines_max) {
    ++lines_left_out;
    return;
  }
  lines.push_back({mark, std::string(text.substr(0, kLineMax))});
}

void Step::add_outcome(Outcome outcome) {
  const auto same = [&outcome](const Outcome& other) { return other.text == outcome.text; };
  if (outcomes.size() < kOutcomesMax && std::none_of(outcomes.begin(), outcomes.end(), same)) {
    outcomes.push_back(std::move(outcome));
  }
}

}  // namespace mailcosm::sim::narrative
