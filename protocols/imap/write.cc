#include "protocols/imap/write.h"

#include <algorithm>
#include <charconv>

#include "protocols/base/ascii.h"
#include "protocols/imap/lexer.h"
#include "protocols/imap/mailbox_name.h"

namespace mailcosm::imap {
namespace {

// Longer ones are literals, so that no line of a response grows without bound.
constexpr std::size_t kQuotedLengthMax = 4'096;

void append_quoted(std::string_view text, std::string& output) {
  output.push_back('"');
  for (char c : text) {
    if (c == '"' || c == '\\') output.push_back('\\');
    output.push_back(c);
  }
  output.push_back('"');
}

}  // namespace

void append_number(std::uint64_t number, std::string& output) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  output.append(digits, end);
}

bool is_quotable(std::string_view text) {
  if (text.size() > kQuotedLengthMax) return false;
  for (char c : text) {
    if (c == '\0' || c == '\r' || c == '\n' || ascii::is_eight_bit(c)) return false;
  }
  return true;
}

void append_string(std::string_view text, std::string& output) {
  if (is_quotable(text)) {
    append_quoted(text, output);
    return;
  }
  append_literal(text, output);
  std::replace(output.end() - static_cast<std::ptrdiff_t>(text.size()), output.end(), '\0', ' ');
}

void append_nstring(const std::optional<std::string>& text, std::string& output) {
  if (text) {
    append_string(*text, output);
  } else {
    output.append("NIL");
  }
}

void append_literal(std::string_view bytes, std::string& output) {
  output.push_back('{');
  append_number(bytes.size(), output);
  output.append("}\r\n").append(bytes);
}

void append_mailbox(std::string_view utf8, std::string& output) {
  const std::size_t begin = output.size();
  encode_mailbox_name(utf8, output);
  const std::string_view written = std::string_view(output).substr(begin);
  if (is_atom(written) && !ascii::equal_ignoring_case(written, "NIL")) return;
  const std::string name(written);
  output.resize(begin);
  append_quoted(name, output);
}

}  // namespace mailcosm::imap
