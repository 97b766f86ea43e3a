#include "protocols/base/word_hash.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "protocols/base/hash.h"

namespace mailcosm {
namespace {

// Odd numbers with about as many ones as zeros.
constexpr std::uint64_t kPrime = 0x9fb2'1c65'1e98'df25u;
constexpr std::uint64_t kOther = 0xa076'1d64'78bd'642fu;

// Little-endian, whatever the machine is.
std::uint64_t word_at(const char* octets) {
  std::uint64_t word = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&word, octets, sizeof word);
  } else {
    for (std::size_t i = sizeof word; i-- > 0;)
      word = word << 8 | static_cast<unsigned char>(octets[i]);
  }
  return word;
}

}  // namespace

std::uint64_t WordHash::add_block(Lanes& lanes, const char* octets) {
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const std::uint64_t word = word_at(octets + 8 * i);
    seen |= word;
    lanes[i] = std::rotl(lanes[i] + word * kOther, 29) * kPrime;
  }
  return seen;
}

void WordHash::add(std::string_view octets) {
  const std::size_t before = size_ % kBlock;
  size_ += octets.size();
  if (before != 0) {
    const std::size_t taken = std::min(kBlock - before, octets.size());
    std::copy_n(octets.begin(), taken, waiting_.begin() + static_cast<std::ptrdiff_t>(before));
    for (const char c : octets.substr(0, taken)) seen_ |= static_cast<unsigned char>(c);
    octets.remove_prefix(taken);
    if (before + taken < kBlock) return;
    add_block(lanes_, waiting_.data());
  }
  Lanes lanes = lanes_;
  std::uint64_t seen = seen_;
  const char* at = octets.data();
  const char* const end = at + octets.size() / kBlock * kBlock;
  for (; at != end; at += kBlock) seen |= add_block(lanes, at);
  lanes_ = lanes;
  seen_ = seen;
  octets.remove_prefix(octets.size() / kBlock * kBlock);
  std::copy(octets.begin(), octets.end(), waiting_.begin());
  for (const char c : octets) seen_ |= static_cast<unsigned char>(c);
}

std::uint64_t WordHash::value() const {
  Lanes lanes = lanes_;
  std::array<char, kBlock> last{};
  std::copy_n(waiting_.begin(), size_ % kBlock, last.begin());
  add_block(lanes, last.data());
  std::uint64_t all = size_;
  for (const std::uint64_t lane : lanes) all = Hash64::mix(all ^ lane) * kPrime;
  return Hash64::mix(all);
}

}  // namespace mailcosm
