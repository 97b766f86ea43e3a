#include "sim/population/fixed.h"

#include <array>
#include <bit>
#include <limits>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

constexpr std::uint64_t kLn2 = 0xb17217f7d1cf79ab;        // ln 2, 64 bits behind the point
constexpr std::uint64_t kLog2eRest = 0x71547652b82fe177;  // log2 e - 1, likewise
constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

constexpr std::uint64_t root_of(Uint128 x) {
  std::uint64_t root = 0;
  for (int bit = 63; bit >= 0; --bit) {
    const std::uint64_t candidate = root | std::uint64_t{1} << bit;
    if (static_cast<Uint128>(candidate) * candidate <= x) root = candidate;
  }
  return root;
}

// 2^(1/2), 2^(1/4), 2^(1/8), ..., 63 bits behind the point: each is the root of the one before.
constexpr std::array<std::uint64_t, kFixedBits> make_roots_of_two() {
  std::array<std::uint64_t, kFixedBits> roots{};
  Uint128 last = Uint128{1} << 64;
  for (std::uint64_t& root : roots) {
    root = root_of(last << 63);
    last = root;
  }
  return roots;
}
constexpr std::array<std::uint64_t, kFixedBits> kRootsOfTwo = make_roots_of_two();

// 2^fraction with 63 bits behind the point. REQUIRES: 0 <= fraction < 1.
std::uint64_t power_of_two(Fixed fraction) {
  std::uint64_t power = std::uint64_t{1} << 63;
  for (int i = 0; i < kFixedBits; ++i) {
    if ((fraction >> (kFixedBits - 1 - i) & 1) == 0) continue;
    power = static_cast<std::uint64_t>(
        static_cast<Uint128>(power) * kRootsOfTwo[static_cast<std::size_t>(i)] >> 63);
  }
  return power;
}

}  // namespace

Fixed from_millionths(std::int64_t millionths) {
  CHECK(millionths < 128'000'000 && millionths > -128'000'000);
  return static_cast<Fixed>(static_cast<Int128>(millionths) * kFixedOne / 1'000'000);
}

Fixed multiply(Fixed a, Fixed b) {
  return static_cast<Fixed>(static_cast<Int128>(a) * b >> kFixedBits);
}

Fixed divide(Fixed a, Fixed b) {
  CHECK(b != 0);
  return static_cast<Fixed>(static_cast<Int128>(a) * kFixedOne / b);
}

// The logarithm to base 2 bit by bit: squaring doubles it, and what exceeds 2 is the next bit.
Fixed ln(std::uint64_t x) {
  CHECK(x > 0);
  const int whole = 63 - std::countl_zero(x);
  std::uint64_t mantissa = x << (63 - whole);
  std::uint64_t log = static_cast<std::uint64_t>(whole);
  for (int i = 0; i < kFixedBits; ++i) {
    const Uint128 square = static_cast<Uint128>(mantissa) * mantissa;
    const bool above_two = square >> 127 != 0;
    mantissa = static_cast<std::uint64_t>(square >> (above_two ? 64 : 63));
    log = log << 1 | (above_two ? 1u : 0u);
  }
  return static_cast<Fixed>(static_cast<Uint128>(log) * kLn2 >> 64);
}

std::uint64_t times_exp(std::uint64_t value, Fixed x) {
  const Int128 log = static_cast<Int128>(x) + (static_cast<Int128>(x) * kLog2eRest >> 64);
  const int whole = static_cast<int>(log >> kFixedBits);
  const Uint128 product =
      static_cast<Uint128>(value) * power_of_two(static_cast<Fixed>(log & (kFixedOne - 1)));
  const int shift = 63 - whole;
  if (shift >= 128) return 0;
  if (shift >= 0) {
    const Uint128 result = product >> shift;
    return result > kLargest ? kLargest : static_cast<std::uint64_t>(result);
  }
  return product == 0 ? 0 : kLargest;
}

std::uint64_t times(std::uint64_t value, Fixed x) {
  CHECK(x >= 0);
  const Uint128 result = static_cast<Uint128>(value) * static_cast<std::uint64_t>(x) >> kFixedBits;
  return result > kLargest ? kLargest : static_cast<std::uint64_t>(result);
}

Fixed square_root(Fixed x) {
  CHECK(x >= 0);
  return static_cast<Fixed>(root_of(static_cast<Uint128>(x) << kFixedBits));
}

}  // namespace mailcosm::sim
