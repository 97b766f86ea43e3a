#include "protocols/base/line_end.h"

#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace mailcosm {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

// The high bit of the lowest octet that is zero is set, and of none below it; octets above it may
// be marked without being zero.
constexpr std::uint64_t mark_zero(std::uint64_t octets) {
  return (octets - kOnes) & ~octets & kHighBits;
}

}  // namespace

std::size_t find_line_end(std::string_view text, std::size_t from) {
#ifdef __SSE2__
  const __m128i cr = _mm_set1_epi8('\r');
  const __m128i lf = _mm_set1_epi8('\n');
  for (; text.size() - from >= sizeof(__m128i); from += sizeof(__m128i)) {
    const auto* where = reinterpret_cast<const __m128i*>(text.data() + from);
    const __m128i octets = _mm_loadu_si128(where);
    const __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(octets, cr), _mm_cmpeq_epi8(octets, lf));
    const auto marks = static_cast<std::uint32_t>(_mm_movemask_epi8(ends));
    if (marks != 0) return from + static_cast<std::size_t>(std::countr_zero(marks));
  }
#endif
  if constexpr (std::endian::native == std::endian::little) {
    for (; text.size() - from >= sizeof(std::uint64_t); from += sizeof(std::uint64_t)) {
      std::uint64_t octets = 0;
      std::memcpy(&octets, text.data() + from, sizeof octets);
      const std::uint64_t marks =
          mark_zero(octets ^ (kOnes * '\r')) | mark_zero(octets ^ (kOnes * '\n'));
      if (marks != 0) return from + static_cast<std::size_t>(std::countr_zero(marks)) / 8;
    }
  }
  while (from < text.size() && text[from] != '\r' && text[from] != '\n') ++from;
  return from;
}

}  // namespace mailcosm
