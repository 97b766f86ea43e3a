// LessonWatch: finds the records that the points of the lesson speak of.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sim/scenario/model.h"
#include "sim/trace/record.h"
#include "sim/trace/recorder.h"
#include "sim/trace/trace_header.h"
#include "sim/world/expectations/candidates.h"
#include "sim/world/expectations/result.h"

namespace mailcosm::sim {

class LessonWatch final : public RecordSink {
 public:
  // Both must outlive it.
  LessonWatch(const scenario::Scenario& scenario, const TraceHeader& header);

  // The deepest layer that a point speaks of.
  Layer depth_needed() const { return depth_; }
  void accept(const Record& record) override;

  // Emits a lesson.point for each point whose record has come, with that record as its cause. Gives
  // a result that did not hold for each of the others, which is certain at `end` only; their index
  // counts on from the expectations.
  std::vector<expectations::Result> finish(Recorder& recorder, Instant end);

 private:
  struct Moment {
    const scenario::LessonPoint* model;
    std::int64_t left;  // so many must still fit
    RecordId record;    // the one that is meant, once it has come
  };

  const scenario::Scenario& scenario_;
  const TraceHeader& header_;
  std::vector<Moment> moments_;  // in the order of the points
  std::array<std::vector<std::size_t>, kKinds> by_kind_;
  const expectations::Composed composed_;  // points do not ask what was composed
  Layer depth_ = Layer::kStory;
};

}  // namespace mailcosm::sim
