// Framing of DNS messages over TCP: two octets of length before each (RFC 1035 section 4.2.2, RFC
// 7766 section 8).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailcosm::dns {

// Cuts a byte stream into messages. Holds no memory while nothing is buffered.
class StreamFramer {
 public:
  void receive(std::string_view bytes) { buffer_.append(bytes); }
  // The next whole message; valid until the next receive() or next().
  std::optional<std::string_view> next();
  bool empty() const { return begin_ == buffer_.size(); }

 private:
  std::string buffer_;
  std::size_t begin_ = 0;
};

// REQUIRES: at most 65535 octets.
void append_framed(std::string_view message, std::string& output);

}  // namespace mailcosm::dns
