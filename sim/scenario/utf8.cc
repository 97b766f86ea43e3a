#include "sim/scenario/utf8.h"

namespace mailcosm::sim::scenario {

std::size_t utf8_length(std::string_view text, std::size_t i) {
  const auto octet = [&](std::size_t k) {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u;
  };
  const auto tail = [&](std::size_t k) { return (octet(k) & 0xc0u) == 0x80u; };
  const unsigned first = octet(i), second = octet(i + 1);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return tail(i + 1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f)) return 0;
    return tail(i + 1) && tail(i + 2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) return 0;
    return tail(i + 1) && tail(i + 2) && tail(i + 3) ? 4 : 0;
  }
  return 0;
}

}  // namespace mailcosm::sim::scenario
