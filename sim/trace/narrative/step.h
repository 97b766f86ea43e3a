// Step: one numbered paragraph of the narrative, as data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim::narrative {

enum class Mark : std::uint8_t {
  kSent,      // " -> " by the client
  kReceived,  // " <- " by the server
  kRemark,    // "=== "
  kError,     // "*** "
};

struct Line {
  Mark mark = Mark::kRemark;
  std::string text;  // octets as they came; shown escaped
};

// A sentence about what came of it.
struct Outcome {
  std::string text;
  bool failure = false;
};

struct Step {
  Instant begin, end;
  std::string heading;  // a sentence or more
  std::string parties;  // who talks to whom, or empty
  std::vector<Line> lines;
  std::uint64_t lines_left_out = 0;
  std::vector<Outcome> outcomes;
  // What it was told from, the first first; of steps that were told from the same records, the
  // first has them all.
  std::vector<RecordId> records;
  // Told as a part of the step before if that one has the same key and is `joined_by_next`, or was
  // joined itself.
  std::string joins;
  bool joined_by_next = false;

  void add_line(Mark mark, std::string_view text, std::size_t lines_max);
  // Says nothing twice.
  void add_outcome(Outcome outcome);
};

}  // namespace mailcosm::sim::narrative
