#include "sim/trace/input_buffer.h"

namespace mailcosm::sim {
namespace {

constexpr std::size_t kStep = 65'536;

}  // namespace

bool InputBuffer::read_more() {
  if (ended_) return false;
  if (begin_ >= bytes_.size() / 2) {
    bytes_.erase(0, begin_);
    dropped_ += begin_;
    begin_ = 0;
  }
  if (chunk_.empty()) chunk_.resize(kStep);
  const std::size_t count = source_.read(chunk_);
  bytes_.append(chunk_.data(), count);
  ended_ = count == 0;
  return !ended_;
}

bool InputBuffer::fill(std::size_t count) {
  while (bytes_.size() - begin_ < count) {
    if (!read_more()) return false;
  }
  return true;
}

InputBuffer::Line InputBuffer::take_line(std::size_t length_max, std::string_view& line) {
  std::size_t searched = 0;
  while (true) {
    const std::string_view there = available();
    const std::size_t end = there.find('\n', searched);
    if (end > length_max && there.size() > length_max) return Line::kTooLong;
    if (end != std::string_view::npos) {
      line = there.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      consume(end + 1);
      return Line::kLine;
    }
    searched = there.size();
    if (read_more()) continue;
    line = available();
    consume(line.size());
    return line.empty() ? Line::kEnd : Line::kUnfinished;
  }
}

}  // namespace mailcosm::sim
