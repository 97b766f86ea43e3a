// GoldenCheck: the golden file of a case against its run.
#pragma once

#include <memory>

#include "sim/golden/golden_recorder.h"
#include "sim/runner/case.h"
#include "sim/runner/case_result.h"
#include "sim/world/world.h"

namespace mailcosm::sim::runner {

class GoldenCheck {
 public:
  explicit GoldenCheck(const Case& the_case) : case_(the_case) {}

  // Attaches a recorder to the world if there is anything to compare or to make. The check must
  // outlive the world, as every reader of its trace.
  void attach(World& world, std::uint64_t seed);
  // After the run. A difference makes the result kFailed, a malformed file kInvalid; neither does
  // if a new golden is made.
  void finish(const World& world, CaseResult& result);

 private:
  void compare_with(const Golden& actual, CaseResult& result) const;

  const Case& case_;
  std::unique_ptr<GoldenRecorder> recorder_;
};

}  // namespace mailcosm::sim::runner
