// Scheduler: works through numbered cases in several threads, and gives the results in order.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "sim/runner/case_result.h"

namespace mailcosm::sim::runner {

class Scheduler {
 public:
  // Gives the result of case `index`; called in threads of the scheduler. What it throws becomes an
  // internal error of that case.
  using Work = std::function<CaseResult(std::size_t index)>;

  // Starts `jobs` threads (at least one, at most one for each case).
  Scheduler(std::size_t count, unsigned jobs, Work work);
  // Waits for the threads.
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  // All have been given, or after stop() all that will be.
  bool done() const;
  // The next result in the order of the cases; nothing if it is not there within `patience`. After
  // stop() results may be missing in between: those that are finished come, in order.
  std::optional<CaseResult> next(std::chrono::milliseconds patience);
  // No case begins any more. Those under way go on to their end.
  void stop();
  // Cases that are finished, given or not.
  std::size_t finished() const;

  // To be called in a thread of a scheduler, from within Work, when the case cannot go on: hands
  // over its result, lets another thread take over, and never returns; the thread sleeps until the
  // process ends. Returns if the calling thread belongs to no scheduler.
  static void abandon(CaseResult result);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace mailcosm::sim::runner
