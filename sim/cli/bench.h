// `mailcosm bench`: how fast it is on this machine, and what things cost in memory, beside other
// programs that are installed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mailcosm::cli {

struct BenchArguments {
  std::vector<std::string> subjects;      // none: all but tcp
  std::uint64_t connections = 20'000;     // 1 to 10,000,000
  std::uint64_t pending_max = 1'000'000;  // 1,000 to 100,000,000: about 150 octets each
  std::uint64_t members_max = 10'000;     // 20 to 20,000
  std::uint64_t mails = 2'000;            // 1 to 1,000,000
  bool alone = false;                     // no other programs, and no counting of instructions
  bool json = false;
  bool table = false;  // Markdown
};

// Numbers out of their ranges and forms that exclude each other are wrong usage. After an interrupt
// it ends with 130 or 143.
int bench(const BenchArguments& arguments);

}  // namespace mailcosm::cli
