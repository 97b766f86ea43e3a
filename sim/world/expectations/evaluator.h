// Evaluator: decides the expectations of a scenario from the trace alone, while it runs.
//
// Keeps what it needs and no more: counts for things that happen, the messages of mailboxes that an
// expectation names, which queue each message is in, and what clients composed if an expectation
// compares with it.
#pragma once

#include <memory>
#include <vector>

#include "sim/scenario/model.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"
#include "sim/world/expectations/result.h"

namespace mailcosm::sim::expectations {

class Evaluator final : public RecordSink {
 public:
  // Both must outlive the evaluator.
  Evaluator(const scenario::Scenario& scenario, const TraceHeader& header);
  ~Evaluator() override;
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  // The trace must be at least this deep.
  Layer depth_needed() const;
  void accept(const Record& record) override;
  // One for each expectation, in their order. Records that come later are ignored.
  std::vector<Result> finish(Instant end);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace mailcosm::sim::expectations
