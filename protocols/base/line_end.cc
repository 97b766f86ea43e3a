#include "protocols/base/line_end.h"

#include <algorithm>
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

#ifdef __SSE2__
constexpr std::size_t kBlock = 64;

__m128i load(const char* octets) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(octets));
}

// How often CRLF begins in `count` times sixteen octets; one more is read. REQUIRES: count < 256.
std::size_t count_pairs(const char* octets, std::size_t count) {
  const __m128i cr = _mm_set1_epi8('\r');
  const __m128i lf = _mm_set1_epi8('\n');
  __m128i pairs = _mm_setzero_si128();  // sixteen counts of an octet each
  for (; count > 0; --count, octets += sizeof(__m128i)) {
    const __m128i found =
        _mm_and_si128(_mm_cmpeq_epi8(load(octets), cr), _mm_cmpeq_epi8(load(octets + 1), lf));
    pairs = _mm_sub_epi8(pairs, found);
  }
  const __m128i sums = _mm_sad_epu8(pairs, _mm_setzero_si128());
  return static_cast<std::size_t>(_mm_cvtsi128_si32(sums)) +
         static_cast<std::size_t>(_mm_extract_epi16(sums, 4));
}

std::uint64_t ends_of_quarter(__m128i octets) {
  const __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(octets, _mm_set1_epi8('\r')),
                                    _mm_cmpeq_epi8(octets, _mm_set1_epi8('\n')));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(ends));
}

// A bit for each CR and LF of a block.
std::uint64_t ends_of_block(const char* octets) {
  return ends_of_quarter(load(octets)) | ends_of_quarter(load(octets + 16)) << 16 |
         ends_of_quarter(load(octets + 32)) << 32 | ends_of_quarter(load(octets + 48)) << 48;
}
#endif

}  // namespace

std::size_t count_line_ends(std::string_view text) {
  std::size_t count = 0;
  std::size_t at = 0;
#ifdef __SSE2__
  constexpr std::size_t kStep = sizeof(__m128i);
  while (text.size() - at > kStep) {
    const std::size_t steps = std::min<std::size_t>((text.size() - at - 1) / kStep, 255);
    count += count_pairs(text.data() + at, steps);
    at += steps * kStep;
  }
#endif
  for (at = text.find("\r\n", at); at != std::string_view::npos; at = text.find("\r\n", at + 2))
    ++count;
  return count;
}

#ifdef __SSE2__
std::size_t pass_plain_lines(std::string_view text, std::size_t from, LinePlace& place) {
  // Two octets more than a block, so that what follows a CRLF at its end can be seen.
  if (text.size() - from < kBlock + 2 || (place.line_start && text[from] == '.')) return from;
  const char* const octets = text.data();
  const std::size_t first = from;
  std::size_t line = from - place.length;  // may wrap around: only differences count
  std::size_t passed = from;
  bool plain = true;
  for (; plain && text.size() - from >= kBlock + 2; from += kBlock) {
    for (std::uint64_t ends = ends_of_block(octets + from); ends != 0; ends &= ends - 1) {
      const std::size_t cr = from + static_cast<std::size_t>(std::countr_zero(ends));
      if (cr < passed) continue;  // the LF of a CR at the end of the block before
      plain = octets[cr] == '\r' && octets[cr + 1] == '\n';
      if (!plain) break;
      passed = cr + 2;
      place.longest = std::max(place.longest, passed - line);
      line = passed;
      plain = octets[passed] != '.';
      ends &= ends - 1;
      if (!plain || ends == 0) break;
    }
  }
  if (plain) passed = std::max(passed, from);
  if (passed == first) return first;
  place.length = passed - line;
  place.line_start = place.length == 0;
  place.longest = std::max(place.longest, place.length);
  return passed;
}
#else
std::size_t pass_plain_lines(std::string_view, std::size_t from, LinePlace&) { return from; }
#endif

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
