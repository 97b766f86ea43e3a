// Golden: what a run of a scenario is expected to be like: the fingerprints of its layers, and its
// narrative in steps that are named by what they are, so that a step or line that comes or goes
// shifts nothing else.
//
// The file, NAME.golden beside the scenario, is text for people (docs/golden-format.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.h"
#include "sim/golden/fingerprint.h"

namespace mailcosm::sim {

// Enough to tell which layer moved at a host, not to tell two runs apart.
struct HostPrint {
  std::string host;  // "-" for the world
  std::array<std::uint32_t, kGoldenLayers> layers{};
  friend bool operator==(const HostPrint&, const HostPrint&) = default;
};

struct GoldenLine {
  enum class Mark : std::uint8_t { kSent, kReceived, kRemark, kError, kOutcome, kFailure };
  Mark mark = Mark::kRemark;
  std::string text;
  friend bool operator==(const GoldenLine&, const GoldenLine&) = default;
};

// A dialogue, a route through the DNS, or what happens outside of those.
struct GoldenStep {
  std::string id;     // six hexadecimal digits: host, kind and subject of its first record, and its
                      // number among those
  std::string cause;  // id of the step that led to it, or empty
  std::string heading;
  std::string time;     // "+ 0 ms, for 12.232 ms"
  std::string parties;  // who talks to whom, or empty
  std::vector<GoldenLine> lines;
  friend bool operator==(const GoldenStep&, const GoldenStep&) = default;
};

struct Golden {
  std::uint64_t scenario_digest = 0;  // of the scenario's text
  std::uint64_t seed = 0;
  Fingerprints layers;
  std::vector<HostPrint>
      hosts;  // in order of name, at most kHostsMax; those at which nothing happened left out
  std::string title, date;
  std::vector<GoldenStep> steps;
  std::uint64_t steps_left_out = 0;  // behind the last
  std::string closing;

  static constexpr std::size_t kHostsMax = 64;
  static constexpr std::size_t kLinesMax = 2'000;  // of all steps
  static constexpr std::size_t kLinesOfStepMax = 120;
  static constexpr std::size_t kColumnsMax = 400;         // of a line
  static constexpr std::size_t kFileSizeMax = 4'000'000;  // octets
};

std::string to_text(const Golden& golden);

// An error's `what` begins with "line N: ". Line ends may be LF or CRLF. Everything that to_text()
// writes comes back as it was.
Result<Golden> parse_golden(std::string_view text);

// Whether a file is meant to be a golden file, by its first octets.
bool is_golden(std::string_view text);

}  // namespace mailcosm::sim
