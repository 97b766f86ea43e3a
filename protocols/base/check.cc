#include "protocols/base/check.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "protocols/base/check_failure.h"

namespace mailcosm {
namespace {

std::atomic<CheckReporter> installed_reporter = nullptr;
thread_local CheckFailure failure;
thread_local bool is_reporting = false;

}  // namespace

void set_check_reporter(CheckReporter reporter) { installed_reporter = reporter; }

CheckFailure current_check_failure() { return failure; }

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: internal error: CHECK(%s) failed\n", file, line, condition);
  failure = {condition, file, line};
  const CheckReporter reporter = installed_reporter;
  // A CHECK that fails inside the reporter must not come back here.
  if (reporter != nullptr && !is_reporting) {
    is_reporting = true;
    reporter();
  }
  std::abort();
}

}  // namespace mailcosm
