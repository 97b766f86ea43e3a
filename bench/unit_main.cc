// The program that bench/instructions.py runs under valgrind.
#include <charconv>
#include <cstdio>
#include <string_view>

#include "bench/units.h"

int main(int count, char** words) {
  using mailcosm::bench::units;
  if (count == 2 && std::string_view(words[1]) == "--list") {
    for (const auto& unit : units()) {
      std::printf("%s\t%llu\t%llu\t%s\n", unit.name, static_cast<unsigned long long>(unit.few),
                  static_cast<unsigned long long>(unit.many), unit.about);
    }
    return 0;
  }
  if (count == 3) {
    const std::string_view number = words[2];
    std::uint64_t runs = 0;
    const auto [end, error] = std::from_chars(number.begin(), number.end(), runs);
    for (const auto& unit : units()) {
      if (std::string_view(words[1]) != unit.name || error != std::errc() || end != number.end())
        continue;
      unit.run(runs);
      return 0;
    }
  }
  std::fprintf(stderr, "usage: bench_units --list | UNIT COUNT\n");
  return 2;
}
