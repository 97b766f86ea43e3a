#include "protocols/smtp/reply_parser.h"

#include "protocols/base/ascii.h"

namespace mailcosm::smtp {
namespace {

// The code at the front of a line, or 0. RFC 5321 section 4.2: %x32-35 %x30-35 %x30-39; the second
// digit is not looked at, because servers do use others.
std::uint16_t code_of(std::string_view line) {
  if (line.size() < 3 || line[0] < '2' || line[0] > '5') return 0;
  int code = 0;
  for (char c : line.substr(0, 3)) {
    if (!ascii::is_digit(c)) return 0;
    code = code * 10 + (c - '0');
  }
  return static_cast<std::uint16_t>(code);
}

}  // namespace

ReplyParser::Status ReplyParser::add(std::string_view line, std::size_t lines_max) {
  const std::uint16_t code = code_of(line);
  const bool has_separator = line.size() > 3;
  if (code == 0 || (has_separator && line[3] != ' ' && line[3] != '-')) return Status::kInvalid;
  if (lines_ != 0 && code != reply_.code) return Status::kInvalid;
  if (++lines_ > lines_max) return Status::kTooMany;

  std::string_view text = line.substr(has_separator ? 4 : 3);
  const auto status = EnhancedStatus::take(text, static_cast<std::uint8_t>(code / 100));
  if (lines_ == 1) {
    reply_ = {code, status, text};
  }
  if (has_separator && line[3] == '-') {
    if (lines_ == 1) text_.clear();
    text_ += text;
    text_ += '\n';
    return Status::kNeedMore;
  }
  if (lines_ > 1) {
    text_ += text;
    reply_.text = text_;
  }
  lines_ = 0;
  return Status::kReply;
}

}  // namespace mailcosm::smtp
