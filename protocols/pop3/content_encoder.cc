#include "protocols/pop3/content_encoder.h"

namespace mailcosm::pop3 {

void ContentEncoder::append(std::string_view bytes, std::string& output) {
  if (bytes.empty()) return;
  // The first octet decides about what the piece before left open; from then on CRLF is searched.
  if (at_ == At::kLineStart && bytes[0] == '.') output.push_back('.');
  std::size_t line = at_ == At::kAfterCr && bytes[0] == '\n' ? 1 : 0;
  output.append(bytes.substr(0, line));
  if (line == 1 && bytes.size() > 1 && bytes[1] == '.') output.push_back('.');
  for (;;) {
    const std::size_t end = bytes.find("\r\n", line);
    if (end == std::string_view::npos) break;
    output.append(bytes, line, end + 2 - line);
    line = end + 2;
    if (line < bytes.size() && bytes[line] == '.') output.push_back('.');
  }
  output.append(bytes.substr(line));
  if (line == bytes.size()) {
    at_ = At::kLineStart;
  } else {
    at_ = bytes.back() == '\r' ? At::kAfterCr : At::kMiddle;
  }
}

void ContentEncoder::finish(std::string& output) {
  output.append(at_ == At::kLineStart ? ".\r\n" : "\r\n.\r\n");
  at_ = At::kLineStart;
}

}  // namespace mailcosm::pop3
