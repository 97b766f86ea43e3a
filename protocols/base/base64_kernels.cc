#include "protocols/base/base64_kernels.h"

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#if defined(__x86_64__) && defined(__GNUC__)
#define MAILCOSM_BASE64_AVX2 1
#include <immintrin.h>
#endif

namespace mailcosm::base64 {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

namespace detail {

constexpr std::array<std::int8_t, 256> kValues = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  return values;
}();

}  // namespace detail

namespace {

using detail::kValues;

// Two characters for each twelve bits.
constexpr auto kPairs = [] {
  std::array<std::array<char, 2>, 4096> pairs{};
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {kAlphabet[i >> 6], kAlphabet[i & 63]};
  return pairs;
}();

// The bits of a character at each place of its group; all bits where it has none.
constexpr std::uint32_t kNoDigit = 0xffffffff;
constexpr auto kShifted = [] {
  std::array<std::array<std::uint32_t, 256>, 4> tables{};
  for (std::size_t place = 0; place < tables.size(); ++place) {
    for (std::size_t c = 0; c < 256; ++c) {
      tables[place][c] =
          kValues[c] < 0 ? kNoDigit : static_cast<std::uint32_t>(kValues[c]) << (18 - 6 * place);
    }
  }
  return tables;
}();

std::uint32_t octet(char c) { return static_cast<unsigned char>(c); }

std::size_t encode_by_table(const char* input, std::size_t size, char* output) {
  std::size_t at = 0;
  for (; size - at >= 3; at += 3, output += 4) {
    const std::uint32_t group =
        octet(input[at]) << 16 | octet(input[at + 1]) << 8 | octet(input[at + 2]);
    const std::array<char, 2>& high = kPairs[group >> 12];
    const std::array<char, 2>& low = kPairs[group & 0xfff];
    output[0] = high[0];
    output[1] = high[1];
    output[2] = low[0];
    output[3] = low[1];
  }
  return at;
}

std::size_t decode_by_table(const char* input, std::size_t size, char* output) {
  std::size_t at = 0;
  for (; size - at >= 4; at += 4, output += 3) {
    const std::uint32_t group = kShifted[0][octet(input[at])] | kShifted[1][octet(input[at + 1])] |
                                kShifted[2][octet(input[at + 2])] |
                                kShifted[3][octet(input[at + 3])];
    if (group == kNoDigit) break;
    output[0] = static_cast<char>(group >> 16);
    output[1] = static_cast<char>(group >> 8 & 0xff);
    output[2] = static_cast<char>(group & 0xff);
  }
  return at;
}

#ifdef MAILCOSM_BASE64_AVX2

// After W. Mula and D. Lemire, "Faster Base64 Encoding and Decoding Using AVX2 Instructions"
// (2018).

#define MAILCOSM_AVX2 __attribute__((target("avx2")))

MAILCOSM_AVX2 __m256i load(const char* from) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}

MAILCOSM_AVX2 void store(char* to, __m256i octets) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), octets);
}

// 24 octets, twelve in each half, as 32 numbers of six bits.
MAILCOSM_AVX2 __m256i split(const char* from) {
  const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + 12));
  const __m256i spread = _mm256_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10,  //
                                          1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
  const __m256i groups = _mm256_shuffle_epi8(_mm256_set_m128i(high, low), spread);
  const __m256i first = _mm256_mulhi_epu16(_mm256_and_si256(groups, _mm256_set1_epi32(0x0fc0fc00)),
                                           _mm256_set1_epi32(0x04000040));
  const __m256i second = _mm256_mullo_epi16(_mm256_and_si256(groups, _mm256_set1_epi32(0x003f03f0)),
                                            _mm256_set1_epi32(0x01000010));
  return _mm256_or_si256(first, second);
}

// Each of the ranges of the alphabet lies at a distance of its own from its numbers.
MAILCOSM_AVX2 __m256i to_digits(__m256i numbers) {
  const __m256i distances =
      _mm256_setr_epi8(71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 65, 0, 0,  //
                       71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 65, 0, 0);
  const __m256i upper = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), numbers);
  const __m256i range = _mm256_or_si256(_mm256_subs_epu8(numbers, _mm256_set1_epi8(51)),
                                        _mm256_and_si256(upper, _mm256_set1_epi8(13)));
  return _mm256_add_epi8(_mm256_shuffle_epi8(distances, range), numbers);
}

MAILCOSM_AVX2 std::size_t encode_by_avx2(const char* input, std::size_t size, char* output) {
  std::size_t at = 0;
  // A step reads 28 octets, uses 24 and writes 32 characters.
  for (; size - at >= 28; at += 24, output += 32) store(output, to_digits(split(input + at)));
  return at + encode_by_table(input + at, size - at, output);
}

// A bit for each range of low halves of an octet that is no digit under this high half; an octet is
// outside of the alphabet where the two tables share a bit.
MAILCOSM_AVX2 std::size_t digits_at_front(__m256i octets, __m256i high_halves) {
  const __m256i by_low = _mm256_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
                                          0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b,
                                          0x1a,  //
                                          0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
                                          0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a);
  const __m256i by_high = _mm256_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10,
                                           0x10, 0x10, 0x10, 0x10, 0x10, 0x10,
                                           0x10,  //
                                           0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10,
                                           0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
  const __m256i low_halves = _mm256_and_si256(octets, _mm256_set1_epi8(0x0f));
  const __m256i shared = _mm256_and_si256(_mm256_shuffle_epi8(by_low, low_halves),
                                          _mm256_shuffle_epi8(by_high, high_halves));
  const int digits = _mm256_movemask_epi8(_mm256_cmpeq_epi8(shared, _mm256_setzero_si256()));
  return static_cast<std::size_t>(std::countr_one(static_cast<std::uint32_t>(digits)));
}

MAILCOSM_AVX2 __m256i to_numbers(__m256i digits, __m256i high_halves) {
  const __m256i distances =
      _mm256_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0,
                       0,  //
                       0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
  // The slash shares its high half with the plus, but not its distance.
  const __m256i slash = _mm256_cmpeq_epi8(digits, _mm256_set1_epi8('/'));
  const __m256i distance = _mm256_shuffle_epi8(distances, _mm256_add_epi8(slash, high_halves));
  return _mm256_add_epi8(digits, distance);
}

// 32 numbers of six bits as 24 octets, with eight zeros behind.
MAILCOSM_AVX2 __m256i join(__m256i numbers) {
  const __m256i twelves = _mm256_maddubs_epi16(numbers, _mm256_set1_epi32(0x01400140));
  const __m256i groups = _mm256_madd_epi16(twelves, _mm256_set1_epi32(0x00011000));
  const __m256i packed = _mm256_shuffle_epi8(
      groups, _mm256_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1,  //
                               2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
  return _mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7));
}

MAILCOSM_AVX2 std::size_t decode_by_avx2(const char* input, std::size_t size, char* output) {
  constexpr std::size_t kStep = 32;
  std::size_t at = 0;
  // A step writes 32 octets, of which 24 count at most: the input has room for so many behind it.
  while (size - at >= 44) {
    const __m256i digits = load(input + at);
    const __m256i high_halves =
        _mm256_and_si256(_mm256_srli_epi32(digits, 4), _mm256_set1_epi8(0x0f));
    const std::size_t groups = digits_at_front(digits, high_halves) / 4;
    store(output, join(to_numbers(digits, high_halves)));
    at += groups * 4;
    output += groups * 3;
    if (groups * 4 != kStep) return at;
  }
  return at + decode_by_table(input + at, size - at, output);
}

constexpr Kernel kAvx2Kernel{encode_by_avx2, decode_by_avx2};

#endif

}  // namespace

const Kernel kTableKernel{encode_by_table, decode_by_table};

const Kernel& best_kernel() {
#ifdef MAILCOSM_BASE64_AVX2
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (has_avx2) return kAvx2Kernel;
#endif
  return kTableKernel;
}

char digit_of(unsigned value) { return kAlphabet[value]; }

}  // namespace mailcosm::base64
