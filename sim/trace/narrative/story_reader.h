// StoryReader: what the narrative tells its steps to: a page for people, or a program that keeps
// them.
#pragma once

#include <string_view>

#include "sim/trace/narrative/step.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim::narrative {

class StoryReader {
 public:
  virtual ~StoryReader() = default;

  virtual void title(std::string_view text, std::string_view below) = 0;
  // What the scenario does or what happens outside of any step; `record` says so.
  virtual void event(Instant time, const Outcome& event, RecordId record) = 0;
  // Number 0: told as a part of the step before.
  virtual void step(std::uint64_t number, const Step& step) = 0;
  virtual void closing(std::string_view text) = 0;
  // False if anything could not be taken.
  virtual bool finish() = 0;
};

}  // namespace mailcosm::sim::narrative
