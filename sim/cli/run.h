// `mailcosm run`: plays a scenario and tells what happens.
#pragma once

#include <cstddef>
#include <cstdint>
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
  std::size_t threads = 0;        // 0: as many as pay
  bool explain_parallel = false;  // tell how the world would be divided, and run nothing
};

int run(const RunArguments& arguments);

}  // namespace mailcosm::cli
