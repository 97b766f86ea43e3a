// Result: what became of one expectation.
#pragma once

#include <cstddef>
#include <string>

#include "sim/scenario/source_position.h"

namespace mailcosm::sim::expectations {

struct Result {
  std::size_t index = 0;  // place in Scenario::expectations, from 0
  bool held = false;
  std::string sentence;  // the expectation
  std::string found;     // what was found instead; empty if it held
  scenario::SourcePosition source;
};

}  // namespace mailcosm::sim::expectations
