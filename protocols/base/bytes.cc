#include "protocols/base/bytes.h"

#include "protocols/base/check.h"

namespace mailcosm {

std::uint64_t ByteReader::unsigned_of(std::size_t count) {
  std::uint64_t value = 0;
  for (char c : take(count)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::uint64_t ByteReader::varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 70; shift += 7) {
    const std::uint64_t octet = u8();
    if (shift == 63 && octet > 1) break;
    value |= (octet & 0x7f) << shift;
    if ((octet & 0x80) == 0) return failed_ ? 0 : value;
  }
  failed_ = true;
  return 0;
}

std::string_view ByteReader::take(std::size_t count) {
  if (failed_ || count > bytes_.size() - offset_) {
    failed_ = true;
    return {};
  }
  const std::string_view taken = bytes_.substr(offset_, count);
  offset_ += count;
  return taken;
}

void ByteReader::seek(std::size_t offset) {
  if (offset > bytes_.size()) {
    failed_ = true;
    return;
  }
  offset_ = offset;
}

void ByteWriter::unsigned_of(std::uint64_t value, int count) {
  for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
    output_.push_back(static_cast<char>(value >> shift & 0xff));
  }
}

void ByteWriter::varint(std::uint64_t value) {
  while (value >= 0x80) {
    output_.push_back(static_cast<char>((value & 0x7f) | 0x80));
    value >>= 7;
  }
  output_.push_back(static_cast<char>(value));
}

void ByteWriter::patch_u16(std::size_t position, std::uint16_t value) {
  CHECK(position + 2 <= output_.size());
  output_[position] = static_cast<char>(value >> 8);
  output_[position + 1] = static_cast<char>(value & 0xff);
}

}  // namespace mailcosm
