#include "protocols/smtp/reply.h"

#include <algorithm>
#include <array>

#include "protocols/base/ascii.h"

namespace mailcosm::smtp {
namespace {

constexpr std::size_t kLineLengthMax = 512;  // RFC 5321 section 4.5.3.1.5, with CRLF

// Takes one to three digits off the front; -1 if there is none or more.
int take_number(std::string_view& text) {
  std::size_t digits = 0;
  int number = 0;
  while (digits < text.size() && ascii::is_digit(text[digits])) {
    if (++digits > 3) return -1;
    number = number * 10 + (text[digits - 1] - '0');
  }
  text.remove_prefix(digits);
  return digits == 0 ? -1 : number;
}

bool take_dot(std::string_view& text) {
  if (text.empty() || text.front() != '.') return false;
  text.remove_prefix(1);
  return true;
}

void append_number(unsigned number, std::string& output) {
  std::array<char, 10> digits;
  char* const end = digits.data() + digits.size();
  char* at = end;
  do {
    *--at = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  output.append(at, end);
}

void append_status(const EnhancedStatus& status, std::string& output) {
  append_number(status.status_class, output);
  output += '.';
  append_number(status.subject, output);
  output += '.';
  append_number(status.detail, output);
}

// textstring = 1*(%d09 / %d32-126)
void append_text(std::string_view text, std::string& output) {
  const std::size_t begin = output.size();
  output.append(text);
  for (std::size_t i = begin; i < output.size(); ++i) {
    if (!ascii::is_printable(output[i]) && output[i] != '\t') output[i] = '?';
  }
}

}  // namespace

std::string EnhancedStatus::to_string() const {
  std::string text;
  append_status(*this, text);
  return text;
}

EnhancedStatus EnhancedStatus::take(std::string_view& text, std::uint8_t status_class) {
  std::string_view rest = text;
  const int first = take_number(rest);
  if (first != status_class || !take_dot(rest)) return {};
  const int subject = take_number(rest);
  if (subject < 0 || !take_dot(rest)) return {};
  const int detail = take_number(rest);
  if (detail < 0 || (!rest.empty() && rest.front() != ' ')) return {};
  if (!rest.empty()) rest.remove_prefix(1);
  text = rest;
  return {status_class, static_cast<std::uint16_t>(subject), static_cast<std::uint16_t>(detail)};
}

std::string Reply::to_string() const {
  std::string line;
  append_number(code, line);
  if (!status.is_none()) {
    line += ' ';
    append_status(status, line);
  }
  if (!text.empty()) {
    line += ' ';
    line += text;
    std::replace(line.begin(), line.end(), '\n', ' ');
  }
  return line;
}

void write_reply(const Reply& reply, bool with_status, std::string& output) {
  std::string_view rest = reply.text;
  bool last = false;
  while (!last) {
    const std::size_t end = rest.find('\n');
    last = end == std::string_view::npos;
    const std::size_t begin = output.size();
    append_number(reply.code, output);
    output += last ? ' ' : '-';
    if (with_status && !reply.status.is_none()) {
      append_status(reply.status, output);
      output += ' ';
    }
    const std::size_t room = kLineLengthMax - 2 - (output.size() - begin);
    append_text(rest.substr(0, std::min(end, room)), output);
    output += "\r\n";
    if (!last) rest.remove_prefix(end + 1);
  }
}

}  // namespace mailcosm::smtp
