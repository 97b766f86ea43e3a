#include "protocols/base/line_buffer.h"

#include <algorithm>

namespace mailcosm {

void LineBuffer::append(std::string_view bytes) {
  // What has been taken goes first: views handed out earlier end here by contract.
  if (begin_ != 0) {
    buffer_.erase(0, begin_);
    searched_ -= std::min(searched_, begin_);
    begin_ = 0;
  }
  buffer_.append(bytes);
}

LineBuffer::Taken LineBuffer::take_line(std::size_t length_max) {
  std::size_t from = std::max(searched_, begin_);
  const std::size_t end = buffer_.find("\r\n", from);
  if (end == std::string::npos) {
    // The last octet may be the CR of a CRLF cut in two: it is searched again, and does not count
    // as length.
    const bool ends_with_cr = !empty() && buffer_.back() == '\r';
    searched_ = buffer_.size() - (ends_with_cr ? 1 : 0);
    if (dropping_ || searched_ - begin_ > length_max) {
      dropping_ = true;
      drop_overlong_tail();
    }
    return {};
  }
  const std::string_view line = std::string_view(buffer_).substr(begin_, end - begin_);
  begin_ = searched_ = end + 2;
  if (dropping_ || line.size() > length_max) {
    dropping_ = false;
    return {Status::kTooLong, {}};
  }
  return {Status::kLine, line};
}

void LineBuffer::drop_overlong_tail() {
  buffer_.erase(0, searched_);
  begin_ = searched_ = 0;
}

std::string_view LineBuffer::take_bytes(std::size_t count_max) {
  const std::string_view taken = buffered().substr(0, count_max);
  begin_ += taken.size();
  searched_ = begin_;
  return taken;
}

void LineBuffer::clear() {
  buffer_.clear();
  buffer_.shrink_to_fit();
  begin_ = searched_ = 0;
  dropping_ = false;
}

}  // namespace mailcosm
