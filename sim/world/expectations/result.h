// Result: what became of one expectation.
#pragma once

#include <cstddef>
#include <string>

#include "sim/scenario/source_position.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim::expectations {

struct Result {
  std::size_t index = 0;  // place in Scenario::expectations, from 0
  bool held = false;
  std::string sentence;  // the expectation
  std::string found;     // what was found instead; empty if it held
  scenario::SourcePosition source;
  // Of one that did not hold, as far as there is one: the comparison that failed, and the record
  // that made it fail (for a stored message the one that stored it).
  scenario::SourcePosition check;
  RecordId record;
  // When it could no longer come out otherwise: the moment of that record, the end of `within`, or
  // the end of the run.
  Instant decided;
};

}  // namespace mailcosm::sim::expectations
