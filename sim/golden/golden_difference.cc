#include "sim/golden/golden_difference.h"

#include <algorithm>

#include "sim/golden/golden_difference_text.h"

namespace mailcosm::sim {
namespace {

// "outcomes, times and bytes"
std::string listed_layers(const std::array<bool, kGoldenLayers>& wanted) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kGoldenLayers; ++i)
    if (wanted[i]) names.push_back(golden_layer_words(static_cast<GoldenLayer>(i)));
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

std::string summary_of(const GoldenDifference& difference) {
  const auto count = std::count(difference.moved.begin(), difference.moved.end(), true);
  if (count == 0) {
    return difference.wording
               ? "wording only: the same happened, but the narrative tells it in other words"
               : "the same";
  }
  std::array<bool, kGoldenLayers> others{};
  for (std::size_t i = 0; i < kGoldenLayers; ++i) others[i] = !difference.moved[i];
  const std::string moved = listed_layers(difference.moved);
  if (count == 1) return moved + " only: nothing else changed";
  if (count == static_cast<std::ptrdiff_t>(kGoldenLayers)) return "everything moved: " + moved;
  return moved + " moved; " + listed_layers(others) + " did not";
}

bool same_narrative(const Golden& a, const Golden& b) {
  return a.title == b.title && a.date == b.date && a.steps == b.steps &&
         a.steps_left_out == b.steps_left_out && a.closing == b.closing && a.hosts == b.hosts;
}

}  // namespace

bool GoldenDifference::same() const {
  return !wording && std::none_of(moved.begin(), moved.end(), [](bool layer) { return layer; });
}

GoldenDifference compare(const Golden& expected, const Golden& actual, const GoldenNames& names) {
  GoldenDifference difference;
  for (std::size_t i = 0; i < kGoldenLayers; ++i)
    difference.moved[i] = expected.layers[i].value != actual.layers[i].value;
  difference.scenario_changed = expected.scenario_digest != actual.scenario_digest;
  difference.seed_changed = expected.seed != actual.seed;
  const bool moved = !difference.same();
  difference.wording = !moved && !same_narrative(expected, actual);
  difference.summary = summary_of(difference);
  if (!difference.same()) difference.report = describe(difference, expected, actual, names);
  return difference;
}

}  // namespace mailcosm::sim
