// CHECK: assertions that stay on in release builds.
//
// A failed CHECK is always a bug of this program, never of a peer, a scenario or the network (those
// are values: replies, Result, events). It prints the condition and its place, then whatever the
// installed reporter adds (seed, virtual time, host, the command that reproduces the run), and
// aborts.
#pragma once

namespace mailcosm {

// Called once, before the abort, to add what only the running world knows. Must not allocate much
// or throw.
using CheckReporter = void (*)();
void set_check_reporter(CheckReporter reporter);

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace mailcosm

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::mailcosm::check_failed(#condition, __FILE__, __LINE__))
