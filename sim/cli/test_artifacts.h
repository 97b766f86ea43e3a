// Artifacts: everything about one failure, as files for people who were not there.
#pragma once

#include <string>

#include "sim/runner/case.h"
#include "sim/runner/case_result.h"

namespace mailcosm::cli {

// Makes a folder for the case below `folder` ("scenarios/mx/failover", with the seed and ties
// behind it if they are not the scenario's own), and writes
//   failure.txt     what the report says
//   reproduce.sh    the command that shows it again
//   scenario.yaml   the scenario as it was read
// and, if the scenario could be run to its end,
//   narrative.txt   the story
//   run.trace       all records (binary)
//   packets.pcapng  for Wireshark
//   replay.html     the page that replays the run
// The names of the files are added to `result.artifacts`; what could not be written is told on
// standard error. May be called from several threads, for different cases.
void write_artifacts(const std::string& folder, const sim::runner::Case& the_case,
                     sim::runner::CaseResult& result);

}  // namespace mailcosm::cli
