#include "protocols/base/line_kernels.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__)
#define MAILCOSM_LINE_KERNELS 1
#include <immintrin.h>
#endif

namespace mailcosm::line_kernels {

#ifdef MAILCOSM_LINE_KERNELS
namespace {

// `pairs` has a bit for each CR of the block at `at`.
void count_lines(std::uint64_t pairs, std::size_t at, Lines& lines) {
  for (; pairs != 0; pairs &= pairs - 1) {
    const std::size_t next = at + static_cast<std::size_t>(std::countr_zero(pairs)) + 2;
    lines.longest = std::max(lines.longest, next - lines.begin);
    lines.begin = next;
  }
}

__m128i equal(const char* octets, char c) {
  return _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(octets)),
                        _mm_set1_epi8(c));
}

std::uint64_t mask(__m128i marks) { return static_cast<std::uint32_t>(_mm_movemask_epi8(marks)); }

// Marks each CR of sixteen octets, and in `care` what needs some.
__m128i look(const char* octets, __m128i& care) {
  const __m128i cr = equal(octets, '\r');
  const __m128i lf = equal(octets + 1, '\n');
  const __m128i dot = _mm_and_si128(lf, equal(octets + 2, '.'));
  care = _mm_or_si128(care, _mm_or_si128(_mm_xor_si128(cr, lf), dot));
  return cr;
}

std::size_t pass_by_sse2(const char* octets, std::size_t at, std::size_t size) {
  for (; size - at >= kBlock + kBehind; at += kBlock) {
    __m128i care = _mm_setzero_si128();
    for (std::size_t i = 0; i < kBlock; i += sizeof care) look(octets + at + i, care);
    if (mask(care) != 0) break;
  }
  return at;
}

std::size_t measure_by_sse2(const char* octets, std::size_t at, std::size_t size, Lines& lines) {
  Lines known = lines;
  for (; size - at >= kBlock + kBehind; at += kBlock) {
    __m128i care = _mm_setzero_si128();
    std::uint64_t pairs = 0;
    for (std::size_t i = 0; i < kBlock; i += sizeof care)
      pairs |= mask(look(octets + at + i, care)) << i;
    if (mask(care) != 0) break;
    count_lines(pairs, at, known);
  }
  lines = known;
  return at;
}

#define MAILCOSM_AVX2 __attribute__((target("avx2")))

MAILCOSM_AVX2 __m256i equal_of_32(const char* octets, char c) {
  return _mm256_cmpeq_epi8(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(octets)),
                           _mm256_set1_epi8(c));
}

MAILCOSM_AVX2 __m256i look_at_32(const char* octets, __m256i& care) {
  const __m256i cr = equal_of_32(octets, '\r');
  const __m256i lf = equal_of_32(octets + 1, '\n');
  const __m256i dot = _mm256_and_si256(lf, equal_of_32(octets + 2, '.'));
  care = _mm256_or_si256(care, _mm256_or_si256(_mm256_xor_si256(cr, lf), dot));
  return cr;
}

MAILCOSM_AVX2 std::size_t pass_by_avx2(const char* octets, std::size_t at, std::size_t size) {
  for (; size - at >= kBlock + kBehind; at += kBlock) {
    __m256i care = _mm256_setzero_si256();
    look_at_32(octets + at, care);
    look_at_32(octets + at + 32, care);
    if (_mm256_testz_si256(care, care) == 0) break;
  }
  return at;
}

MAILCOSM_AVX2 std::size_t measure_by_avx2(const char* octets, std::size_t at, std::size_t size,
                                          Lines& lines) {
  Lines known = lines;
  for (; size - at >= kBlock + kBehind; at += kBlock) {
    __m256i care = _mm256_setzero_si256();
    const auto low =
        static_cast<std::uint32_t>(_mm256_movemask_epi8(look_at_32(octets + at, care)));
    const auto high =
        static_cast<std::uint32_t>(_mm256_movemask_epi8(look_at_32(octets + at + 32, care)));
    if (_mm256_testz_si256(care, care) == 0) break;
    count_lines(low | std::uint64_t{high} << 32, at, known);
  }
  lines = known;
  return at;
}

constexpr Kernel kKernels[] = {{"SSE2", pass_by_sse2, measure_by_sse2},
                               {"AVX2", pass_by_avx2, measure_by_avx2}};

}  // namespace

std::span<const Kernel> kernels() {
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  return std::span(kKernels).first(has_avx2 ? 2 : 1);
}

#else

std::span<const Kernel> kernels() { return {}; }

#endif

}  // namespace mailcosm::line_kernels
