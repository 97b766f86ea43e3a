// Case: one run of one scenario, as input of run_case().
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace mailcosm::sim::runner {

// What makes one run of a scenario differ from another. Nothing set: as the scenario says.
struct Variant {
  std::optional<std::uint64_t> seed;  // of all random streams, instead of the scenario's
  std::uint64_t tie_break_seed = 0;   // permutes simultaneous events; 0 does not

  bool is_plain() const { return !seed && tie_break_seed == 0; }
  friend bool operator==(const Variant&, const Variant&) = default;
};

struct Case {
  std::string file;  // name of the scenario file, for messages and commands
  std::string text;  // of the scenario
  Variant variant;
  // Text of the golden file beside the scenario. It is compared in full with a plain run, in its
  // outcomes and protocol lines with one that shuffles ties, and not at all with one of another
  // seed.
  std::optional<std::string> golden;
  bool makes_golden = false;  // give the text of a new golden file, whether or not there is one
  // Runs in all, at least 1. They must have the same digest.
  std::uint32_t runs = 1;
};

// "scenarios/mx/failover.golden" of "scenarios/mx/failover.yaml".
std::string golden_file_of(std::string_view scenario_file);

// "scenarios/mx/failover.yaml", "... [seed 7]", "... [seed 7, ties 3]".
std::string name_of(std::string_view file, const Variant& variant);

// The command line that runs the same thing again: `test` compares with the golden, `run` tells the
// story. Words that a shell would change are quoted.
std::string reproduction(std::string_view file, const Variant& variant, std::string_view command);

// A word for a POSIX shell: as it is, or in single quotes.
std::string shell_word(std::string_view word);

}  // namespace mailcosm::sim::runner
