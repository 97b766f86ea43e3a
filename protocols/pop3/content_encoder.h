// ContentEncoder: byte-stuffs message content for a multi-line answer (RFC 1939 section 3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm::pop3 {

// Pieces may be cut anywhere. Only CRLF ends a line; other octets pass as they are.
class ContentEncoder {
 public:
  void append(std::string_view bytes, std::string& output);
  // Ends the last line if it has no CRLF, and appends the lone dot.
  void finish(std::string& output);

 private:
  enum class At : std::uint8_t { kLineStart, kMiddle, kAfterCr };
  At at_ = At::kLineStart;
};

}  // namespace mailcosm::pop3
