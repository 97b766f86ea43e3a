#include "protocols/pop3/top_cutter.h"

namespace mailcosm::pop3 {

std::size_t TopCutter::keep(std::string_view bytes) {
  if (!cutting_) return bytes.size();
  std::size_t kept = 0;
  while (!done_ && kept < bytes.size()) {
    const std::size_t end = bytes.find('\n', kept);
    if (end == std::string_view::npos) {
      line_length_ += bytes.size() - kept;
      after_cr_ = bytes.back() == '\r';
      return bytes.size();
    }
    const bool is_crlf = end > 0 ? bytes[end - 1] == '\r' : after_cr_;
    line_length_ += end + 1 - kept;
    kept = end + 1;
    if (!is_crlf) continue;
    if (in_body_) {
      --lines_left_;
    } else if (line_length_ == 2) {
      in_body_ = true;
    }
    line_length_ = 0;
    done_ = in_body_ && lines_left_ == 0;
  }
  after_cr_ = false;
  return kept;
}

}  // namespace mailcosm::pop3
