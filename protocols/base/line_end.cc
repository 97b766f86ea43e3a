#include "protocols/base/line_end.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "protocols/base/line_kernels.h"

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
#endif

const line_kernels::Kernel* best_kernel() {
  static const line_kernels::Kernel* const kBest =
      line_kernels::kernels().empty() ? nullptr : &line_kernels::kernels().back();
  return kBest;
}

// Whether a kernel has nothing to do, or could not judge the first octet.
bool needs_care(std::string_view text, std::size_t from, bool line_start) {
  return text.size() - from < line_kernels::kBlock + line_kernels::kBehind || text[from] == '\n' ||
         (line_start && text[from] == '.') || best_kernel() == nullptr;
}

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

std::size_t pass_plain_lines(std::string_view text, std::size_t from, LinePlace& place) {
  if (needs_care(text, from, place.line_start)) return from;
  line_kernels::Lines lines{from - place.length, place.longest};
  std::size_t passed = best_kernel()->measure(text.data(), from, text.size(), lines);
  if (passed == from) return from;
  if (text[passed] == '\n') ++passed;
  place.length = passed - lines.begin;
  place.line_start = place.length == 0;
  place.longest = std::max(lines.longest, place.length);
  return passed;
}

std::size_t pass_plain_lines(std::string_view text, std::size_t from, bool& line_start) {
  if (needs_care(text, from, line_start)) return from;
  std::size_t passed = best_kernel()->pass(text.data(), from, text.size());
  if (passed == from) return from;
  if (text[passed] == '\n') ++passed;
  line_start = text[passed - 1] == '\n';
  return passed;
}

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
