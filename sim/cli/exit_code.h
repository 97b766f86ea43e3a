// Exit codes of every command.
#pragma once

namespace mailcosm::cli {

enum ExitCode : int {
  kOk = 0,
  kExpectationFailed = 1,  // also: `diff` found a difference
  kUsage = 2,
  kScenarioInvalid = 3,
  kRuntimeFailure = 4,  // a file could not be read or written
  kNondeterministic = 5,
};

}  // namespace mailcosm::cli
