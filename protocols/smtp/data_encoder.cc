#include "protocols/smtp/data_encoder.h"

#include "protocols/base/line_end.h"

namespace mailcosm::smtp {
namespace {

// More at once is copied more slowly, by another instruction.
constexpr std::size_t kCopiedAtOnce = 2048;

}  // namespace

// Copies what needs no change in long runs: lines that end in CRLF and do not begin with a dot.
void DataEncoder::encode(std::string_view piece, std::string& output) {
  if (after_cr_ && !piece.empty()) {
    after_cr_ = false;
    line_start_ = true;
    output += "\r\n";
    if (piece.front() == '\n') piece.remove_prefix(1);
  }
  // Room for some dots and the end of the message, so that it need not be moved again.
  output.reserve(output.size() + piece.size() + piece.size() / 64 + 16);
  std::size_t copied = 0;
  std::size_t at = 0;
  const auto copy = [&](std::size_t end) {
    for (; end - copied > kCopiedAtOnce; copied += kCopiedAtOnce)
      output.append(piece, copied, kCopiedAtOnce);
    output.append(piece, copied, end - copied);
    copied = end;
  };
  while (at < piece.size()) {
    at = pass_plain_lines(piece, at, line_start_);
    if (at == piece.size()) break;
    if (line_start_ && piece[at] == '.') {
      copy(at);
      output += '.';
    }
    const std::size_t end = find_line_end(piece, at);
    line_start_ = line_start_ && end == at;
    at = end;
    if (end == piece.size()) break;
    const bool cr = piece[end] == '\r';
    if (cr && end + 1 == piece.size()) {
      copy(end);
      after_cr_ = true;
      return;
    }
    line_start_ = true;
    if (cr && piece[end + 1] == '\n') {
      at = end + 2;
      continue;
    }
    copy(end);
    output += "\r\n";
    copied = at = end + 1;
  }
  copy(at);
}

void DataEncoder::finish(std::string& output) {
  if (after_cr_ || !line_start_) output += "\r\n";
  output += ".\r\n";
  *this = {};
}

}  // namespace mailcosm::smtp
