#include "protocols/smtp/data_encoder.h"

namespace mailcosm::smtp {
namespace {

std::size_t find_line_end(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && text[i] != '\r' && text[i] != '\n') ++i;
  return i;
}

}  // namespace

void DataEncoder::encode(std::string_view piece, std::string& output) {
  while (!piece.empty()) {
    if (after_cr_) {
      after_cr_ = false;
      line_start_ = true;
      output += "\r\n";
      if (piece.front() == '\n') {
        piece.remove_prefix(1);
        continue;
      }
    }
    if (line_start_ && piece.front() == '.') output += '.';
    const std::size_t end = find_line_end(piece);
    if (end != 0) {
      output += piece.substr(0, end);
      line_start_ = false;
    }
    if (end == piece.size()) return;
    if (piece[end] == '\r') {
      after_cr_ = true;
    } else {
      output += "\r\n";
      line_start_ = true;
    }
    piece.remove_prefix(end + 1);
  }
}

void DataEncoder::finish(std::string& output) {
  if (after_cr_ || !line_start_) output += "\r\n";
  output += ".\r\n";
  *this = {};
}

}  // namespace mailcosm::smtp
