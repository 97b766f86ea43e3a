// Units of work whose instructions are counted: a program runs one of them `few` and `many` times
// under valgrind's callgrind, and the difference tells what one costs. Unlike times, this depends
// on the compiler and the libraries only. bench/instructions.py does it.
#pragma once

#include <cstdint>
#include <vector>

namespace mailcosm::bench {

struct Unit {
  const char* name;  // "connection"; no spaces
  const char* about;
  std::uint64_t few;
  std::uint64_t many;
  void (*run)(std::uint64_t count);
};

const std::vector<Unit>& units();

}  // namespace mailcosm::bench
