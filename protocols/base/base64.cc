#include "protocols/base/base64.h"

#include <array>
#include <cstdint>

#include "protocols/base/base64_kernels.h"

namespace mailcosm::base64 {
namespace {

unsigned octet(char c) { return static_cast<unsigned char>(c); }

// The one or two octets behind the last whole group.
void encode_rest(std::string_view rest, char* output) {
  const unsigned first = octet(rest[0]);
  const unsigned second = rest.size() == 2 ? octet(rest[1]) : 0;
  const bool two = rest.size() == 2;
  output[0] = digit_of(first >> 2);
  output[1] = digit_of((first & 3) << 4 | second >> 4);
  output[2] = two ? digit_of((second & 15) << 2) : '=';
  output[3] = '=';
}

// Collects the digits of one group between which other characters stand.
struct Group {
  std::uint32_t bits = 0;
  int digits = 0;

  void add(int value) {
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    ++digits;
  }
  // Writes the whole octets and begins anew; what is left over of them is dropped.
  std::size_t flush(char* output) {
    const int octets = digits * 6 / 8;
    bits <<= 6 * (4 - digits);
    for (int i = 0; i < octets; ++i) output[i] = static_cast<char>(bits >> (16 - 8 * i) & 0xff);
    *this = {};
    return static_cast<std::size_t>(octets);
  }
};

}  // namespace

void encode(std::string_view bytes, std::string& output) {
  const std::size_t start = output.size();
  output.resize(start + (bytes.size() + 2) / 3 * 4);
  char* const digits = output.data() + start;
  const std::size_t read = best_kernel().encode(bytes.data(), bytes.size(), digits);
  if (read < bytes.size()) encode_rest(bytes.substr(read), digits + read / 3 * 4);
}

std::string encode(std::string_view bytes) {
  std::string text;
  encode(bytes, text);
  return text;
}

// From the back, so that no octet is overwritten before it is read.
void encode_tail(std::string& text, std::size_t start) {
  const std::size_t size = text.size() - start;
  text.resize(start + (size + 2) / 3 * 4);
  char* const front = text.data() + start;
  std::size_t at = size / 3 * 3;
  if (at < size) encode_rest(std::string_view(front + at, size - at), front + at / 3 * 4);
  while (at > 0) {
    at -= 3;
    const std::array<char, 3> group{front[at], front[at + 1], front[at + 2]};
    kTableKernel.encode(group.data(), group.size(), front + at / 3 * 4);
  }
}

bool decode(std::string_view text, std::string& output) {
  if (text.size() % 4 != 0) return false;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const std::size_t start = output.size();
  output.resize(start + text.size() / 4 * 3);
  char* const octets = output.data() + start;
  const std::size_t whole = padding == 0 ? text.size() : text.size() - 4;
  bool right = best_kernel().decode(text.data(), whole, octets) == whole;
  Group last;
  for (char c : text.substr(whole, right && padding != 0 ? 4 - padding : 0)) {
    right = right && value_of(c) >= 0;
    last.add(value_of(c));
  }
  // Unused bits must be zero, or two texts would stand for the same bytes.
  right = right && (padding == 0 || (last.bits & (padding == 1 ? 3u : 15u)) == 0);
  if (right) last.flush(octets + whole / 4 * 3);
  output.resize(right ? start + text.size() / 4 * 3 - padding : start);
  return right;
}

std::optional<std::string> decode(std::string_view text) {
  std::string bytes;
  if (!decode(text, bytes)) return std::nullopt;
  return bytes;
}

void decode_lenient(std::string_view text, std::string& output) {
  const Kernel& kernel = best_kernel();
  const std::size_t start = output.size();
  output.resize(start + (text.size() + 3) / 4 * 3);
  char* to = output.data() + start;
  Group group;
  for (std::size_t at = 0; at < text.size();) {
    if (group.digits == 0) {
      const std::size_t read = kernel.decode(text.data() + at, text.size() - at, to);
      at += read;
      to += read / 4 * 3;
      if (at == text.size()) break;
    }
    // What stopped the kernel: a group with something else in it, or at the end of the text.
    const char c = text[at++];
    if (c == '=') break;
    const int value = value_of(c);
    if (value < 0) {
      while (at < text.size() && text[at] != '=' && value_of(text[at]) < 0) ++at;
      continue;
    }
    group.add(value);
    if (group.digits == 4) to += group.flush(to);
  }
  to += group.flush(to);
  output.resize(static_cast<std::size_t>(to - output.data()));
}

}  // namespace mailcosm::base64
