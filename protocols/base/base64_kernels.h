// The inner loops of base64, once by tables and once with AVX2, which give the same octets. Only
// base64.cc and the tests that compare the two use them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mailcosm::base64 {

// Each reads whole groups from `input` for as long as it can, writes what they stand for to
// `output`, and says how many characters or octets of the input it has read: a multiple of the
// group.
struct Kernel {
  // Groups of three octets become four characters. REQUIRES: room for size / 3 * 4 characters.
  std::size_t (*encode)(const char* input, std::size_t size, char* output);
  // Groups of four characters become three octets; ends before a group with a character outside of
  // the alphabet. REQUIRES: room for size / 4 * 3 octets.
  std::size_t (*decode)(const char* input, std::size_t size, char* output);
};

extern const Kernel kTableKernel;
// The fastest one for this processor: kTableKernel where there is no AVX2.
const Kernel& best_kernel();

namespace detail {
extern const std::array<std::int8_t, 256> kValues;
}  // namespace detail

// 0 to 63, or -1.
inline int value_of(char c) { return detail::kValues[static_cast<unsigned char>(c)]; }
char digit_of(unsigned value);

}  // namespace mailcosm::base64
