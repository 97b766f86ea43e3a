#include "sim/cli/test.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "sim/cli/crash_guard.h"
#include "sim/cli/exit_code.h"
#include "sim/cli/failure_memory.h"
#include "sim/cli/files.h"
#include "sim/cli/golden_update.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/test_artifacts.h"
#include "sim/cli/test_plan.h"
#include "sim/cli/test_report.h"
#include "sim/golden/golden.h"
#include "sim/runner/run_case.h"
#include "sim/runner/scheduler.h"
#include "sim/scenario/limits.h"

namespace mailcosm::cli {
namespace {

namespace runner = sim::runner;

constexpr std::uint64_t kRepeatMax = 1'000'000;
// Larger than a golden can be, so that one that is too large is told as such.
constexpr std::size_t kGoldenSizeMax = 2 * sim::Golden::kFileSizeMax;

int refuse(const std::string& what) {
  std::fprintf(stderr, "mailcosm: %s\n", what.c_str());
  return kUsage;
}

// A sentence that says why the options do not go together, or nothing.
std::string contradiction(const TestArguments& arguments) {
  if (arguments.repeat == 0 || arguments.repeat > kRepeatMax)
    return fmt::format("--repeat takes a number from 1 to {}", kRepeatMax);
  if (!arguments.update) return "";
  if (environment_says("CI")) {
    return "--update is refused where the environment variable CI is set: a golden that a CI job "
           "writes would make any change look right. Run it at your desk, and commit what it "
           "writes";
  }
  if (arguments.seeds || arguments.tie_breaks)
    return "--update records the scenario as it stands, so it does not go with --seeds or "
           "--tie-break";
  return "";
}

runner::CaseResult unreadable(const runner::Case& the_case, const Error& error) {
  runner::CaseResult result;
  result.file = the_case.file;
  result.variant = the_case.variant;
  // A file that is too large is a scenario that is wrong; one that cannot be read is not.
  result.verdict = error.offset != 0 ? runner::Verdict::kInvalid : runner::Verdict::kUnreadable;
  result.problem = error.what + "\n";
  result.reproduction = runner::reproduction(the_case.file, the_case.variant, "test");
  return result;
}

// Reads the files of a case and runs it. Called in the threads of the scheduler.
class Worker {
 public:
  Worker(const TestArguments& arguments, const std::vector<PlannedCase>& plan,
         const std::atomic<bool>& stop)
      : arguments_(arguments), plan_(plan), stop_(stop) {}

  runner::CaseResult operator()(std::size_t index) const {
    const auto begin = std::chrono::steady_clock::now();
    runner::CaseResult result = run(plan_[index]);
    const auto taken = std::chrono::steady_clock::now() - begin;
    result.milliseconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(taken).count());
    return result;
  }

 private:
  runner::CaseResult run(const PlannedCase& planned) const {
    runner::Case the_case;
    the_case.file = planned.file;
    the_case.variant = planned.variant;
    the_case.makes_golden = arguments_.update;
    the_case.runs = static_cast<std::uint32_t>(
        std::max<std::uint64_t>(arguments_.repeat, arguments_.verify ? 2 : 1));
    auto text = read_file(planned.file, sim::scenario::kFileSizeMax);
    if (!text) return unreadable(the_case, text.error());
    the_case.text = std::move(*text);
    const std::string golden = runner::golden_file_of(planned.file);
    std::error_code error;
    if (std::filesystem::exists(golden, error)) {
      auto read = read_file(golden, kGoldenSizeMax);
      if (!read) return unreadable(the_case, read.error());
      the_case.golden = std::move(*read);
    }
    runner::CaseResult result = run_case(the_case, stop_);
    const bool bad = !result.passed() && result.verdict != runner::Verdict::kStopped;
    if (bad && !arguments_.artifacts.empty())
      write_artifacts(arguments_.artifacts, the_case, result);
    return result;
  }

  const TestArguments& arguments_;
  const std::vector<PlannedCase>& plan_;
  const std::atomic<bool>& stop_;
};

struct Ending {
  std::string reason;  // why not all have run; empty if they have
  int exit_code = 0;   // of an interrupt
  bool goldens_written = true;
};

// Takes the results as they come, until all have come or there is a reason to stop.
Ending collect(const TestArguments& arguments, runner::Scheduler& scheduler,
               std::atomic<bool>& stop, TestReport& report, FailureMemory& memory) {
  constexpr std::chrono::milliseconds kPatience{50};
  Ending ending;
  while (!scheduler.done()) {
    auto result = scheduler.next(kPatience);
    report.show_progress(scheduler.finished());
    if (ending.exit_code == 0 && Interrupt::exit_code() != 0) {
      ending = {"interrupted", Interrupt::exit_code()};
      stop = true;
      scheduler.stop();
    }
    if (!result || result->verdict == runner::Verdict::kStopped) continue;
    // After --fail-fast the report ends with the failure, whatever else has finished by chance.
    if (!ending.reason.empty() && ending.exit_code == 0) continue;
    const bool bad = !result->passed();
    memory.record(std::filesystem::path(result->file).lexically_normal().native(), bad);
    bool written = true;
    const std::string remarks = arguments.update ? update_golden(*result, written) : "";
    ending.goldens_written = ending.goldens_written && written;
    report.add(std::move(*result), remarks);
    if (bad && arguments.fail_fast && ending.reason.empty()) {
      ending = {"--fail-fast, after the first failure", 0};
      stop = true;
      scheduler.stop();
    }
  }
  return ending;
}

}  // namespace

int test(const TestArguments& arguments) {
  if (const std::string problem = contradiction(arguments); !problem.empty())
    return refuse(problem);
  FailureMemory memory;
  const auto plan = make_plan(arguments, memory.before());
  if (!plan) return refuse(plan.error().what);
  const Interrupt interrupt;
  const CrashGuard guard;
  std::atomic<bool> stop = false;
  TestReport report(arguments, plan->size());
  const std::uint64_t jobs =
      arguments.jobs != 0 ? arguments.jobs : std::max(1u, std::thread::hardware_concurrency());
  runner::Scheduler scheduler(plan->size(),
                              static_cast<unsigned>(std::min<std::uint64_t>(jobs, 1024)),
                              Worker(arguments, *plan, stop));
  const Ending ending = collect(arguments, scheduler, stop, report, memory);
  memory.save();
  const bool written = report.finish(plan->size() - report.totals().run(), ending.reason);
  if (ending.exit_code != 0) return ending.exit_code;
  return written && ending.goldens_written ? report.totals().exit_code() : kRuntimeFailure;
}

}  // namespace mailcosm::cli
