// Comparison of a golden with another: which layers moved, where, and the first divergence with
// what led to it.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/golden/golden.h"

namespace mailcosm::sim {

// The report's last part, the list of all differences, begins with this.
inline constexpr std::string_view kAllDifferences = "\nAll differences (";

struct GoldenDifference {
  std::array<bool, kGoldenLayers> moved{};
  // Every fingerprint is the same, but the narrative is told in other words, or was edited.
  bool wording = false;
  bool scenario_changed = false;  // by itself no difference
  bool seed_changed = false;      // by itself no difference

  // "outcomes, protocol lines and times moved; bytes and random draws did not", "times only:
  // nothing else changed"; "the same" if nothing did. One line.
  std::string summary;
  // For people: what moved and at which hosts, the first divergence with what led to it, and all
  // lines that differ
  // ("-" the golden, "+" this run), up to a limit. Ends with a line feed; empty if nothing differs.
  std::string report;

  bool same() const;
  bool moved_in(GoldenLayer layer) const { return moved[static_cast<std::size_t>(layer)]; }
};

struct GoldenNames {
  std::string expected = "the golden";
  std::string actual = "this run";
};

GoldenDifference compare(const Golden& expected, const Golden& actual,
                         const GoldenNames& names = {});

}  // namespace mailcosm::sim
