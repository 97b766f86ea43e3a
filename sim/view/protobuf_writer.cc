#include "sim/view/protobuf_writer.h"

#include "protocols/base/bytes.h"

namespace mailcosm::sim::view {
namespace {

enum WireType : std::uint32_t { kVarint = 0, kFixed64 = 1, kLength = 2 };

}  // namespace

void ProtobufWriter::tag(std::uint32_t field, std::uint32_t wire_type) {
  ByteWriter(message_).varint(std::uint64_t{field} << 3 | wire_type);
}

void ProtobufWriter::varint(std::uint32_t field, std::uint64_t value) {
  tag(field, kVarint);
  ByteWriter(message_).varint(value);
}

void ProtobufWriter::fixed64(std::uint32_t field, std::uint64_t value) {
  tag(field, kFixed64);
  for (int octet = 0; octet < 8; ++octet) {
    message_ += static_cast<char>(value >> (8 * octet) & 0xff);
  }
}

void ProtobufWriter::bytes(std::uint32_t field, std::string_view value) {
  tag(field, kLength);
  ByteWriter(message_).varint(value.size());
  message_.append(value);
}

}  // namespace mailcosm::sim::view
