// The report of `mailcosm test` for a terminal.
#pragma once

#include <string>
#include <vector>

#include "sim/runner/case_result.h"
#include "sim/trace/narrative/style.h"

namespace mailcosm::sim::runner {

// Counts of verdicts, and the exit code that follows from them.
struct Totals {
  std::size_t passed = 0, failed = 0, invalid = 0, unreadable = 0, nondeterministic = 0,
              internal_errors = 0, stopped = 0;

  void add(const CaseResult& result);
  std::size_t run() const;  // all but those that were stopped
  std::size_t bad() const { return run() - passed; }
  // 4 if the program failed or a file could not be read, else 5 if runs differ, else 1 if something
  // failed, else 3 if a scenario is malformed, else 0.
  int exit_code() const;
};

// One line: "ok    scenarios/first/alice_to_bob.yaml (18 expectations, golden)".
std::string status_line(const CaseResult& result, const Style& style);
// The lines below it that say all about a failure, indented; empty if it passed.
std::string failure_report(const CaseResult& result, const Style& style);
// "30 scenarios: 28 passed, 1 failed, 1 malformed."
std::string closing_line(const Totals& totals);

}  // namespace mailcosm::sim::runner
