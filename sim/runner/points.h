// Points: what a case checks, one by one; the rows of JUnit, TAP and annotations.
#pragma once

#include <string>
#include <vector>

#include "sim/runner/case_result.h"

namespace mailcosm::sim::runner {

struct Point {
  enum class State : std::uint8_t {
    kHeld,
    kFailed,   // what was to be checked is not so
    kError,    // it could not be checked
    kSkipped,  // there was nothing to check; `message` says why
  };
  State state = State::kHeld;
  std::string name;     // "parses", "3. Bob's mailbox holds one message.", "golden"
  std::string message;  // one line; empty if it held
  std::string detail;   // "path:line: ..." and all that is known, several lines; empty if it held
  scenario::SourcePosition source;             // line 1 where there is none
  const Conversation* conversation = nullptr;  // lives as long as the result

  bool is_bad() const { return state == State::kFailed || state == State::kError; }
};

// "parses"; if it did, "runs" if that failed, one for each expectation, and "golden".
std::vector<Point> points_of(const CaseResult& result);

// One failed expectation for people: place and sentence, the lines of the scenario with carets,
// what was found, the conversation concerned. Columns of a terminal: at most 100.
std::string failure_text(const ExpectationOutcome& outcome);
// A golden that differs or cannot be read.
std::string golden_text(const CaseResult& result);

}  // namespace mailcosm::sim::runner
