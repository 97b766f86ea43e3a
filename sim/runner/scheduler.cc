#include "sim/runner/scheduler.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace mailcosm::sim::runner {

// Shared with the threads: one that was abandoned keeps it alive.
struct Scheduler::State {
  explicit State(std::size_t count, Work the_work)
      : work(std::move(the_work)), results(count), states(count, Progress::kWaiting) {}

  enum class Progress : char { kWaiting, kRunning, kFinished, kGiven };

  void run();
  CaseResult result_of(std::size_t index) const;
  void finish(std::size_t index, CaseResult result);
  void start_thread(const std::shared_ptr<State>& self);

  const Work work;
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::vector<CaseResult> results;
  std::vector<Progress> states;
  std::size_t begun = 0;     // the first case that nobody has taken
  std::size_t given = 0;     // the first case that was not given
  std::size_t finished = 0;  // cases
  std::size_t threads = 0;   // that are neither at their end nor abandoned
  bool stopped = false;
};

namespace {

// Where abandon() finds what the calling thread does. The shared pointer is that of the thread's
// own function.
thread_local std::shared_ptr<void> thread_state;
thread_local std::size_t thread_case = 0;

}  // namespace

CaseResult Scheduler::State::result_of(std::size_t index) const {
  // Nothing but want of memory throws here; it must not take the other results along.
  try {
    return work(index);
  } catch (const std::exception& exception) {
    CaseResult result;
    result.verdict = Verdict::kInternalError;
    result.problem = exception.what();
    return result;
  }
}

void Scheduler::State::finish(std::size_t index, CaseResult result) {
  const std::lock_guard lock(mutex);
  results[index] = std::move(result);
  states[index] = Progress::kFinished;
  ++finished;
  changed.notify_all();
}

void Scheduler::State::run() {
  while (true) {
    {
      const std::lock_guard lock(mutex);
      if (stopped || begun == states.size()) break;
      thread_case = begun++;
      states[thread_case] = Progress::kRunning;
    }
    finish(thread_case, result_of(thread_case));
  }
}

// REQUIRES: the mutex is held. The thread is detached, because nobody could join one that is
// abandoned; it is counted instead.
void Scheduler::State::start_thread(const std::shared_ptr<State>& self) {
  ++threads;
  std::thread([self] {
    thread_state = self;
    self->run();
    thread_state.reset();
    const std::lock_guard lock(self->mutex);
    --self->threads;
    self->changed.notify_all();
  }).detach();
}

Scheduler::Scheduler(std::size_t count, unsigned jobs, Work work)
    : state_(std::make_shared<State>(count, std::move(work))) {
  const std::lock_guard lock(state_->mutex);
  const std::size_t threads = std::min<std::size_t>(std::max(jobs, 1u), count);
  for (std::size_t i = 0; i < threads; ++i) state_->start_thread(state_);
}

Scheduler::~Scheduler() {
  stop();
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [this] { return state_->threads == 0; });
}

bool Scheduler::done() const {
  const std::lock_guard lock(state_->mutex);
  if (!state_->stopped) return state_->given == state_->states.size();
  return std::none_of(state_->states.begin(), state_->states.end(), [](State::Progress progress) {
    return progress == State::Progress::kRunning || progress == State::Progress::kFinished;
  });
}

std::optional<CaseResult> Scheduler::next(std::chrono::milliseconds patience) {
  State& state = *state_;
  std::unique_lock lock(state.mutex);
  const auto ready = [&] {
    // Cases that will never run are passed over.
    while (state.stopped && state.given < state.states.size() &&
           state.states[state.given] == State::Progress::kWaiting) {
      ++state.given;
    }
    return state.given < state.states.size() &&
           state.states[state.given] == State::Progress::kFinished;
  };
  state.changed.wait_for(lock, patience,
                         [&] { return ready() || state.given == state.states.size(); });
  if (!ready()) return std::nullopt;
  state.states[state.given] = State::Progress::kGiven;
  return std::move(state.results[state.given++]);
}

void Scheduler::stop() {
  const std::lock_guard lock(state_->mutex);
  state_->stopped = true;
  state_->changed.notify_all();
}

std::size_t Scheduler::finished() const {
  const std::lock_guard lock(state_->mutex);
  return state_->finished;
}

void Scheduler::abandon(CaseResult result) {
  const auto state = std::static_pointer_cast<State>(thread_state);
  if (state == nullptr) return;
  state->finish(thread_case, std::move(result));
  {
    const std::lock_guard lock(state->mutex);
    if (!state->stopped) state->start_thread(state);
    --state->threads;
    state->changed.notify_all();
  }
  std::mutex forever;
  std::condition_variable never;
  std::unique_lock lock(forever);
  while (true) never.wait(lock);
}

}  // namespace mailcosm::sim::runner
