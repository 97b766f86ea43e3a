// CheckFailure: what a CheckReporter may ask about the CHECK that failed, so that a program that
// runs several worlds in threads of their own can tell which of them is broken.
#pragma once

namespace mailcosm {

struct CheckFailure {
  const char* condition = "";
  const char* file = "";
  int line = 0;
};

// The CHECK that is failing in the calling thread. Call it only from a CheckReporter, which runs in
// the thread that failed. A reporter that does not return keeps that thread, and with it the broken
// world, from doing anything more, and the process from being aborted.
CheckFailure current_check_failure();

}  // namespace mailcosm
