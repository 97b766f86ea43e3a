// LessonPoint: what the lesson has to say about one record of the run, as plain data. sim/world
// finds the record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/scenario/expectation.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

// Exactly one of caption, note and question is there.
struct LessonPoint {
  Topic topic = Topic::kLine;  // kLine or kEvent
  std::vector<Check> where;    // all must fit
  std::int64_t nth = 1;        // the how-many-th record that fits

  std::string caption;   // what everybody should see at that moment
  std::string note;      // more about it, for those who want to know
  std::string question;  // asked just before that moment
  std::vector<std::string> answers;
  std::size_t right = 0;  // the right one, as an index into answers
  std::string because;    // why, said once it is answered; may be empty

  SourcePosition source;
};

}  // namespace mailcosm::sim::scenario
