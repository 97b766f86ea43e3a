#include "protocols/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace mailcosm {
namespace {
CheckReporter installed_reporter = nullptr;
}

void set_check_reporter(CheckReporter reporter) { installed_reporter = reporter; }

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: internal error: CHECK(%s) failed\n", file, line, condition);
  // The reporter is taken out first, so that a CHECK inside it cannot recurse.
  CheckReporter reporter = installed_reporter;
  installed_reporter = nullptr;
  if (reporter != nullptr) reporter();
  std::abort();
}

}  // namespace mailcosm
