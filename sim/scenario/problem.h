// Problem: one thing that is wrong with a scenario, told so that a beginner can mend it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

struct Problem {
  std::string file;
  SourcePosition source;   // may be unknown: then the file as a whole is meant
  std::string message;     // "unknown key 'subjct'", without full stop
  std::string reason;      // why it matters, a sentence; may be empty
  std::string suggestion;  // "did you mean 'subject'?"; may be empty
  std::string line;        // the offending line of the text, shortened if long; may be empty
  std::size_t caret = 0;   // octets of `line` before the caret
};

// "file:line:column: message", the line with a caret below, reason and suggestion; ends with a line
// feed.
std::string to_text(const Problem& problem);
std::string to_text(const std::vector<Problem>& problems);

}  // namespace mailcosm::sim::scenario
