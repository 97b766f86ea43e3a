// FaultConditions: watches the records of the run for those that let faults begin.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sim/faults/fault_engine.h"
#include "sim/scenario/model.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"
#include "sim/world/expectations/candidates.h"

namespace mailcosm::sim {

class FaultConditions final : public RecordSink {
 public:
  // All must outlive it.
  FaultConditions(const scenario::Scenario& scenario, const TraceHeader& header,
                  FaultEngine& engine);

  // The deepest layer that a condition looks at.
  Layer depth_needed() const { return depth_; }
  void accept(const Record& record) override;

 private:
  struct Condition {
    std::size_t fault;
    const scenario::FaultCondition* model;
    std::int64_t left;  // so many must still fit
  };
  void listen(std::size_t condition, Kind kind);

  const TraceHeader& header_;
  FaultEngine& engine_;
  std::vector<Condition> conditions_;
  std::array<std::vector<std::size_t>, kKinds> by_kind_;
  const expectations::Composed composed_;  // conditions do not ask what was composed
  Layer depth_ = Layer::kStory;
};

}  // namespace mailcosm::sim
