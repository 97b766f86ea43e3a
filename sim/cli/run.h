// `mailcosm run`: plays a scenario and tells what happens.
#pragma once

#include <string>

#include "sim/cli/arguments.h"

namespace mailcosm::cli {

struct RunArguments {
  ScenarioArguments scenario;
  bool quiet = false;
  bool verify = false;
  std::string trace;             // a file; its name decides the format: .jsonl, else binary
  std::string depth = "packet";  // of the trace file and the page: story, protocol, packet
  std::string pcap;
  std::string html;
  std::uint64_t tie_break_seed = 0;
};

int run(const RunArguments& arguments);

}  // namespace mailcosm::cli
