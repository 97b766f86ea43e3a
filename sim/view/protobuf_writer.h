// ProtobufWriter: fields of a message in the encoding of Protocol Buffers
// (https://protobuf.dev/programming-guides/encoding). Just what a Perfetto trace needs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm::sim::view {

// Appends to a message of its own.
class ProtobufWriter {
 public:
  void varint(std::uint32_t field, std::uint64_t value);
  void fixed64(std::uint32_t field, std::uint64_t value);  // least significant octet first
  void bytes(std::uint32_t field, std::string_view value);
  void message(std::uint32_t field, const ProtobufWriter& value) { bytes(field, value.message_); }

  const std::string& message() const { return message_; }

 private:
  void tag(std::uint32_t field, std::uint32_t wire_type);

  std::string message_;
};

}  // namespace mailcosm::sim::view
