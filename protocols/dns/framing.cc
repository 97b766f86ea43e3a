#include "protocols/dns/framing.h"

#include "protocols/base/bytes.h"
#include "protocols/base/check.h"

namespace mailcosm::dns {

std::optional<std::string_view> StreamFramer::next() {
  ByteReader reader(buffer_, begin_);
  const std::uint16_t length = reader.u16();
  const std::string_view message = reader.take(length);
  if (!reader.failed()) {
    begin_ = reader.offset();
    return message;
  }
  if (begin_ == buffer_.size()) {
    std::string().swap(buffer_);
  } else {
    buffer_.erase(0, begin_);
  }
  begin_ = 0;
  return std::nullopt;
}

void append_framed(std::string_view message, std::string& output) {
  CHECK(message.size() <= 0xffff);
  ByteWriter writer(output);
  writer.u16(static_cast<std::uint16_t>(message.size()));
  writer.append(message);
}

}  // namespace mailcosm::dns
