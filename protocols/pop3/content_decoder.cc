#include "protocols/pop3/content_decoder.h"

namespace mailcosm::pop3 {

ContentDecoder::Front ContentDecoder::look(std::string_view buffered) {
  if (buffered.empty()) return {};
  std::size_t skip = 0;
  if (at_line_start_ && buffered[0] == '.') {
    constexpr std::string_view kEndLine = ".\r\n";
    if (buffered.starts_with(kEndLine)) {
      return {What::kEnd, kEndLine.size(), 0};
    }
    if (kEndLine.starts_with(buffered)) return {};
    skip = 1;
  }
  const std::string_view content = buffered.substr(skip);
  const std::size_t end = content.find("\r\n.");
  std::size_t size = content.size();
  if (end != std::string_view::npos) {
    size = end + 2;
  } else if (content.ends_with('\r')) {
    size -= 1;
  }
  // A stuffed dot alone is not dropped yet: without content behind it there is nothing to hand out.
  if (size == 0) return {};
  at_line_start_ = content.substr(0, size).ends_with("\r\n");
  return {What::kChunk, skip, size};
}

}  // namespace mailcosm::pop3
