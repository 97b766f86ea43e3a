#include "protocols/base/base64.h"

#include <array>
#include <cstdint>

namespace mailcosm::base64 {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  for (auto& value : values) value = -1;
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}
constexpr auto kValues = make_values();

}  // namespace

void encode(std::string_view bytes, std::string& output) {
  std::size_t at = 0;
  const auto octet = [&](std::size_t i) -> std::uint32_t {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
  };
  for (; at < bytes.size(); at += 3) {
    const std::uint32_t group = octet(at) << 16 | octet(at + 1) << 8 | octet(at + 2);
    output.push_back(kAlphabet[group >> 18]);
    output.push_back(kAlphabet[group >> 12 & 63]);
    output.push_back(at + 1 < bytes.size() ? kAlphabet[group >> 6 & 63] : '=');
    output.push_back(at + 2 < bytes.size() ? kAlphabet[group & 63] : '=');
  }
}

std::string encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  encode(bytes, text);
  return text;
}

std::optional<std::string> decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const std::string_view digits = text.substr(0, text.size() - padding);
  for (char c : digits) {
    if (kValues[static_cast<unsigned char>(c)] < 0) return std::nullopt;
  }
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  decode_lenient(digits, bytes);
  // Unused bits must be zero, or two texts would stand for the same bytes.
  if (padding != 0 && encode(bytes) != text) return std::nullopt;
  return bytes;
}

void decode_lenient(std::string_view text, std::string& output) {
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    if (c == '=') break;
    const int value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) continue;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      output.push_back(static_cast<char>(bits >> count & 0xff));
    }
  }
}

}  // namespace mailcosm::base64
