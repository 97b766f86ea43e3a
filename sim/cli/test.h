// `mailcosm test`: runs scenarios as test cases.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/runner/selection.h"

namespace mailcosm::cli {

struct TestArguments {
  std::vector<std::string> paths;  // files and folders
  std::vector<std::string> filters;
  sim::runner::Shard shard;
  bool rerun_failed = false;
  bool fail_fast = false;
  bool quiet = false;
  bool update = false;
  bool verify = false;
  bool tap = false;
  std::uint64_t jobs = 0;    // 0: one for each core
  std::uint64_t repeat = 1;  // runs of each case
  std::optional<sim::runner::Range> seeds;
  std::optional<sim::runner::Range> tie_breaks;
  std::string artifacts;  // a folder, or empty
  std::string junit;      // a file, or empty
};

int test(const TestArguments& arguments);

}  // namespace mailcosm::cli
