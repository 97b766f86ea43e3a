// CrashGuard: what happens to the other test cases when the program fails in one.
#pragma once

namespace mailcosm::cli {

// While it lives, a CHECK that fails in a thread of a sim::runner::Scheduler makes its case an
// internal error, and the others go on. A crash (an access to memory that is not there and the
// like) still ends the process, but not before the scenario and the command that reproduces it are
// told on standard error.
class CrashGuard {
 public:
  CrashGuard();
  ~CrashGuard();
  CrashGuard(const CrashGuard&) = delete;
  CrashGuard& operator=(const CrashGuard&) = delete;
};

}  // namespace mailcosm::cli
