#include "protocols/base/random.h"

#include "protocols/base/check.h"

namespace mailcosm {
namespace {
__extension__ using Uint128 = unsigned __int128;
}

std::uint64_t Random::below(std::uint64_t bound) {
  CHECK(bound > 0);
  const std::uint64_t threshold = (0 - bound) % bound;
  while (true) {
    const Uint128 product = static_cast<Uint128>(next()) * bound;
    if (static_cast<std::uint64_t>(product) >= threshold)
      return static_cast<std::uint64_t>(product >> 64);
  }
}

}  // namespace mailcosm
