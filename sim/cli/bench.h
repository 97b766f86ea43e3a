// `mailcosm bench`: how fast it is on this machine, and what things cost in memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mailcosm::cli {

struct BenchArguments {
  std::vector<std::string> subjects;  // none: all but tcp
  std::uint64_t connections = 20'000;
  std::uint64_t pending_max = 1'000'000;
  std::uint64_t mails = 2'000;
  bool json = false;
  bool table = false;  // Markdown
};

int bench(const BenchArguments& arguments);

}  // namespace mailcosm::cli
