// ByteReader and ByteWriter: binary formats in network byte order, without pointer casts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm {

// Reads from a view it does not own. After the first read past the end, failed() stays true and
// every read gives zero or an empty view, so that a parser may check once at the end of a group of
// fields.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes, std::size_t offset = 0)
      : bytes_(bytes), offset_(offset), failed_(offset > bytes.size()) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(unsigned_of(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(unsigned_of(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(unsigned_of(4)); }
  std::uint64_t u64() { return unsigned_of(8); }
  // LEB128: seven bits an octet, least significant first; at most ten octets.
  std::uint64_t varint();
  std::string_view take(std::size_t count);
  void skip(std::size_t count) { take(count); }
  void seek(std::size_t offset);

  std::size_t offset() const { return offset_; }
  std::size_t remaining() const { return failed_ ? 0 : bytes_.size() - offset_; }
  bool failed() const { return failed_; }
  std::string_view all() const { return bytes_; }

 private:
  std::uint64_t unsigned_of(std::size_t count);

  std::string_view bytes_;
  std::size_t offset_;
  bool failed_;
};

// Appends to the caller's string.
class ByteWriter {
 public:
  explicit ByteWriter(std::string& output) : output_(output) {}

  void u8(std::uint8_t value) { output_.push_back(static_cast<char>(value)); }
  void u16(std::uint16_t value) { unsigned_of(value, 2); }
  void u32(std::uint32_t value) { unsigned_of(value, 4); }
  void u64(std::uint64_t value) { unsigned_of(value, 8); }
  void varint(std::uint64_t value);
  void append(std::string_view bytes) { output_.append(bytes); }
  // Overwrites two octets written earlier. REQUIRES: position + 2 <= size of the output.
  void patch_u16(std::size_t position, std::uint16_t value);
  std::size_t size() const { return output_.size(); }

 private:
  void unsigned_of(std::uint64_t value, int count);

  std::string& output_;
};

}  // namespace mailcosm
