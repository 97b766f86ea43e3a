#include "protocols/imap/wire_splitter.h"

#include "protocols/base/ascii.h"

namespace mailcosm::imap {

bool find_literal(std::string_view line, LiteralAnnouncement& announcement) {
  if (!line.ends_with('}')) return false;
  const std::size_t open = line.rfind('{');
  if (open == std::string_view::npos) return false;
  std::string_view count = line.substr(open + 1, line.size() - open - 2);
  announcement.synchronising = !count.ends_with('+');
  if (!announcement.synchronising) count.remove_suffix(1);
  const auto size = ascii::parse_unsigned(count);
  if (!size) return false;
  announcement.size = *size;
  announcement.length = line.size() - open;
  return true;
}

WireSplitter::Piece WireSplitter::next(std::string_view& bytes) {
  if (clear_unfinished_) {
    unfinished_.clear();
    clear_unfinished_ = false;
  }
  if (bytes.empty()) return {};
  if (literal_left_ > 0) {
    const std::string_view piece = bytes.substr(0, static_cast<std::size_t>(literal_left_));
    literal_left_ -= piece.size();
    bytes.remove_prefix(piece.size());
    return {Kind::kLiteral, piece};
  }
  std::size_t end = 0;
  if (unfinished_.ends_with('\r') && bytes.front() == '\n') {
    unfinished_.pop_back();
    bytes.remove_prefix(1);
    clear_unfinished_ = true;
    return line_ending_at(unfinished_);
  }
  end = bytes.find("\r\n");
  if (end == std::string_view::npos) {
    unfinished_.append(bytes);
    bytes = {};
    return {};
  }
  const std::string_view rest = bytes.substr(0, end);
  bytes.remove_prefix(end + 2);
  if (unfinished_.empty()) return line_ending_at(rest);
  unfinished_.append(rest);
  clear_unfinished_ = true;
  return line_ending_at(unfinished_);
}

WireSplitter::Piece WireSplitter::line_ending_at(std::string_view line) {
  LiteralAnnouncement announcement;
  if (find_literal(line, announcement)) literal_left_ = announcement.size;
  return {Kind::kLine, line};
}

}  // namespace mailcosm::imap
