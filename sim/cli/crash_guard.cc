#include "sim/cli/crash_guard.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "protocols/base/check.h"
#include "protocols/base/check_failure.h"
#include "sim/runner/run_case.h"
#include "sim/runner/scheduler.h"

namespace mailcosm::cli {
namespace {

namespace runner = sim::runner;

constexpr std::array<int, 4> kCrashes = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};

void report_check() {
  const runner::Case* the_case = runner::running_here();
  if (the_case == nullptr) return;
  const CheckFailure failure = current_check_failure();
  runner::CaseResult result;
  result.file = the_case->file;
  result.variant = the_case->variant;
  result.verdict = runner::Verdict::kInternalError;
  result.problem =
      fmt::format("{}:{}: internal error: CHECK({}) failed\n{}\nThis is a bug of Mailcosm.\n",
                  failure.file, failure.line, failure.condition, runner::position_here());
  result.reproduction = runner::reproduction(the_case->file, the_case->variant, "run");
  runner::Scheduler::abandon(std::move(result));
  std::fprintf(stderr, "Reproduce it with: %s\n",
               runner::reproduction(the_case->file, the_case->variant, "run").c_str());
}

void tell(const char* text, std::size_t size) {
  while (size > 0) {
    const ssize_t written = write(STDERR_FILENO, text, size);
    if (written <= 0) return;
    text += written;
    size -= static_cast<std::size_t>(written);
  }
}

// A signal handler: nothing but write() and what is there already.
void report_crash(int signal) {
  constexpr char kStart[] = "mailcosm: the program crashed while it ran the scenario ";
  constexpr char kEnd[] = "\nThis is a bug of Mailcosm. Reproduce it with: mailcosm run ";
  const runner::Case* the_case = runner::running_here();
  if (the_case != nullptr) {
    const std::string& file = the_case->file;
    tell(kStart, sizeof kStart - 1);
    tell(file.data(), file.size());
    tell(kEnd, sizeof kEnd - 1);
    tell(file.data(), file.size());
    tell("\n", 1);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

CrashGuard::CrashGuard() {
  set_check_reporter(report_check);
  for (int signal : kCrashes) {
    struct sigaction action = {};
    // Sanitizers have handlers of their own, which tell more.
    if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) continue;
    action.sa_handler = report_crash;
    sigaction(signal, &action, nullptr);
  }
}

CrashGuard::~CrashGuard() {
  set_check_reporter(nullptr);
  for (int signal : kCrashes) {
    struct sigaction action = {};
    if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler != report_crash) continue;
    std::signal(signal, SIG_DFL);
  }
}

}  // namespace mailcosm::cli
