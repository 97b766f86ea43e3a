// CaseResult: what became of a case. Everything that is printed or written about it comes from
// here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/runner/case.h"
#include "sim/runner/conversation.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::runner {

enum class Verdict : std::uint8_t {
  kPassed,
  kFailed,            // an expectation did not hold, or the golden differs
  kInvalid,           // the scenario or its golden file is malformed
  kUnreadable,        // the file could not be read
  kNondeterministic,  // two runs differ: a bug of this program
  kInternalError,     // a CHECK failed, or memory ran out
  kStopped,           // not run, or not to its end
};

struct ExpectationOutcome {
  bool held = false;
  std::string sentence;
  std::string formal;  // what is compared, as a sentence; empty if it says the same as `sentence`
  std::string found;   // what was found instead; empty if it held
  scenario::SourcePosition source;
  std::string file;           // that `source` is in: the scenario file
  std::string excerpt;        // its line with a caret below, and that of the failed comparison
  Conversation conversation;  // the one concerned, its last lines; may be empty
};

struct GoldenOutcome {
  enum class State : std::uint8_t { kNotCompared, kSame, kDiffers, kUnreadable };
  State state = State::kNotCompared;
  std::string summary;  // "times only: nothing else changed"; or what is wrong with the file
  std::string report;   // the first divergence with its cause, and the lines that differ
  std::string text;     // of the new golden file, if it was asked for
};

struct CaseResult {
  std::string file;
  Variant variant;
  Verdict verdict = Verdict::kStopped;
  std::string title;
  // Of an invalid or unreadable scenario, of nondeterminism or an internal error: the whole
  // message.
  std::string problem;
  scenario::SourcePosition problem_source;  // of the first problem
  std::vector<ExpectationOutcome> expectations;
  GoldenOutcome golden;
  std::uint64_t seed = 0;
  std::uint64_t digest = 0;  // of the whole trace, as `mailcosm hash` prints it
  std::uint64_t events = 0;
  Instant end;
  std::string reproduction;            // the command that shows the same again
  std::vector<std::string> artifacts;  // files written about it
  std::uint64_t milliseconds = 0;      // that it took; filled by who measures, never compared

  bool passed() const { return verdict == Verdict::kPassed; }
  std::size_t failed_expectations() const;
};

}  // namespace mailcosm::sim::runner
