// Fixed: logarithm, exponential and root in integers, so that the same seed draws the same numbers
// with every compiler and on every processor.
//
// A Fixed has 56 bits behind the point and holds values from -128 to 128. Results are truncated;
// the error of each function is below 2^-52 of the result or of one, whichever is larger
// (tests/sim/population/fixed_test.cc compares them with long double).
#pragma once

#include <cstdint>

namespace mailcosm::sim {

using Fixed = std::int64_t;

inline constexpr int kFixedBits = 56;
inline constexpr Fixed kFixedOne = Fixed{1} << kFixedBits;

// Numbers of scenarios have six decimal places. REQUIRES: less than 128 million.
Fixed from_millionths(std::int64_t millionths);

// REQUIRES: the result lies within the range.
Fixed multiply(Fixed a, Fixed b);
// REQUIRES: b is not 0 and the result lies within the range.
Fixed divide(Fixed a, Fixed b);

// Natural logarithm. REQUIRES: x > 0.
Fixed ln(std::uint64_t x);
// value * e^x, rounded down; the largest number if that is too large.
std::uint64_t times_exp(std::uint64_t value, Fixed x);
// value * x, rounded down; the largest number if that is too large. REQUIRES: x >= 0.
std::uint64_t times(std::uint64_t value, Fixed x);
// REQUIRES: x >= 0.
Fixed square_root(Fixed x);

}  // namespace mailcosm::sim
