#include "sim/trace/fold_hash.h"

#include <bit>
#include <cstring>

namespace mailcosm::sim {
namespace {

// Little-endian, whatever the machine is.
template <typename Word>
std::uint64_t word_at(const char* octets) {
  Word word = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&word, octets, sizeof word);
  } else {
    for (std::size_t i = sizeof word; i-- > 0;) {
      word = static_cast<Word>(word << 8 | static_cast<unsigned char>(octets[i]));
    }
  }
  return word;
}

std::uint64_t word(const char* octets) { return word_at<std::uint64_t>(octets); }
std::uint64_t half(const char* octets) { return word_at<std::uint32_t>(octets); }
std::uint64_t octet(char c) { return static_cast<unsigned char>(c); }

}  // namespace

void FoldHash::add(std::string_view octets) {
  const char* at = octets.data();
  const std::size_t size = octets.size();
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  std::uint64_t state = state_;
  // Words may overlap, so that every length between the steps needs the same two.
  if (size > 16) {
    state = fold_long(octets, state);
    a = word(at + size - 16);
    b = word(at + size - 8);
  } else if (size >= 8) {
    a = word(at);
    b = word(at + size - 8);
  } else if (size >= 4) {
    a = half(at);
    b = half(at + size - 4);
  } else if (size > 0) {
    a = octet(at[0]) << 16 | octet(at[size / 2]) << 8 | octet(at[size - 1]);
  }
  state_ = fold(fold(a ^ kSecond, b ^ state) ^ size, kFirst);
}

// All but the last 1 to 16 octets. Three states take turns, so that the processor can overlap their
// multiplications. REQUIRES: more than 16 octets.
std::uint64_t FoldHash::fold_long(std::string_view octets, std::uint64_t state) {
  const char* at = octets.data();
  std::size_t rest = octets.size();
  if (rest > 48) {
    std::uint64_t second = state;
    std::uint64_t third = state;
    do {
      state = fold(word(at) ^ kSecond, word(at + 8) ^ state);
      second = fold(word(at + 16) ^ kThird, word(at + 24) ^ second);
      third = fold(word(at + 32) ^ kFourth, word(at + 40) ^ third);
      at += 48;
      rest -= 48;
    } while (rest > 48);
    state ^= second ^ third;
  }
  for (; rest > 16; rest -= 16, at += 16) state = fold(word(at) ^ kSecond, word(at + 8) ^ state);
  return state;
}

}  // namespace mailcosm::sim
