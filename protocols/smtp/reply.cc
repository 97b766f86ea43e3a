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

// What stands before the text of a line: at most "65535-255.65535.65535 ".
class Head {
 public:
  void number(std::uint16_t number) {
    int divisor = 1;
    while (number / divisor >= 10) divisor *= 10;
    for (; divisor != 0; divisor /= 10) octet(static_cast<char>('0' + number / divisor % 10));
  }
  void octet(char c) { octets_[size_++] = c; }
  void status(const EnhancedStatus& status) {
    number(status.status_class);
    octet('.');
    number(status.subject);
    octet('.');
    number(status.detail);
  }
  std::string_view text() const { return {octets_.data(), size_}; }

 private:
  std::array<char, 32> octets_;
  std::size_t size_ = 0;
};

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
  Head head;
  head.status(*this);
  return std::string(head.text());
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
  Head head;
  head.number(code);
  if (!status.is_none()) {
    head.octet(' ');
    head.status(status);
  }
  std::string line(head.text());
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
    Head head;
    head.number(reply.code);
    head.octet(last ? ' ' : '-');
    if (with_status && !reply.status.is_none()) {
      head.status(reply.status);
      head.octet(' ');
    }
    output += head.text();
    const std::size_t room = kLineLengthMax - 2 - head.text().size();
    append_text(rest.substr(0, std::min(end, room)), output);
    output += "\r\n";
    if (!last) rest.remove_prefix(end + 1);
  }
}

}  // namespace mailcosm::smtp
