#include "protocols/mail/transfer_encoding.h"

#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "protocols/mail/header.h"
#include "protocols/mail/scanner.h"

namespace mailcosm::mail {
namespace {

constexpr std::size_t kEncodedLineMax = 76;  // RFC 2045 sections 6.7 and 6.8
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

struct NamedEncoding {
  std::string_view name;
  TransferEncoding encoding;
};
constexpr NamedEncoding kNames[] = {
    {"7bit", TransferEncoding::k7bit},     {"8bit", TransferEncoding::k8bit},
    {"binary", TransferEncoding::kBinary}, {"quoted-printable", TransferEncoding::kQuotedPrintable},
    {"base64", TransferEncoding::kBase64},
};

// May stand for itself inside a line.
bool is_plain(char c) { return c != '=' && (c == '\t' || ascii::is_printable(c)); }

// White space at the end of a line would be lost (rule 3); a lone dot or a "From " would be changed
// on the way. `rest` is what is left of the line.
bool is_fragile(std::string_view rest, std::size_t column) {
  const char c = rest.front();
  const bool last = rest.size() == 1;
  if (last && ascii::is_blank(c)) return true;
  return column == 0 && ((last && c == '.') || (c == 'F' && rest.starts_with("From ")));
}

// A line without its CRLF.
void append_quoted(std::string_view rest, std::string& output) {
  constexpr std::size_t kBroken = kEncodedLineMax - 1;  // a soft line break takes one column
  std::size_t column = 0;
  while (!rest.empty()) {
    const char c = rest.front();
    const bool plain = is_plain(c) && !is_fragile(rest, column);
    const std::size_t width = plain ? 1 : 3;
    if (column + width > (rest.size() == 1 ? kEncodedLineMax : kBroken)) {
      output += "=\r\n";
      column = 0;
      continue;
    }
    std::size_t taken = 1;
    if (plain) {
      const std::size_t most = std::min(rest.size() - 1, kBroken - std::min(column, kBroken));
      while (taken < most && is_plain(rest[taken])) ++taken;
      output += rest.substr(0, taken);
    } else {
      const auto octet = static_cast<unsigned char>(c);
      output.push_back('=');
      output.push_back(kHexDigits[octet >> 4]);
      output.push_back(kHexDigits[octet & 15]);
    }
    column += plain ? taken : width;
    rest.remove_prefix(taken);
  }
}

// A line of quoted-printable without its end. A damaged escape stays as it is.
void append_unquoted(std::string_view line, std::string& output) {
  std::size_t copied = 0;
  for (std::size_t at = line.find('='); at != std::string_view::npos; at = line.find('=', at)) {
    const int high = at + 2 < line.size() ? ascii::hex_value(line[at + 1]) : -1;
    const int low = high >= 0 ? ascii::hex_value(line[at + 2]) : -1;
    if (low < 0) {
      ++at;
      continue;
    }
    output.append(line, copied, at - copied);
    output.push_back(static_cast<char>(high * 16 + low));
    copied = at += 3;
  }
  output.append(line, copied);
}

}  // namespace

std::string_view to_string(TransferEncoding encoding) {
  for (const NamedEncoding& named : kNames) {
    if (named.encoding == encoding) return named.name;
  }
  return "unknown";
}

TransferEncoding parse_transfer_encoding(std::string_view text) {
  Scanner scanner(text);
  scanner.skip_cfws();
  std::string_view token = scanner.atom();
  if (token.empty()) return TransferEncoding::k7bit;
  for (const NamedEncoding& named : kNames) {
    if (ascii::equal_ignoring_case(named.name, token)) return named.encoding;
  }
  return TransferEncoding::kUnknown;
}

void decode_body(std::string_view body, TransferEncoding encoding, std::string& output) {
  switch (encoding) {
    case TransferEncoding::kBase64:
      base64::decode_lenient(body, output);
      return;
    case TransferEncoding::kQuotedPrintable:
      decode_quoted_printable(body, output);
      return;
    default:
      output += body;
  }
}

void encode_base64_lines(std::string_view bytes, std::string& output) {
  constexpr std::size_t kOctetsPerLine = kEncodedLineMax / 4 * 3;
  for (std::size_t at = 0; at < bytes.size(); at += kOctetsPerLine) {
    base64::encode(bytes.substr(at, kOctetsPerLine), output);
    output += "\r\n";
  }
}

void encode_quoted_printable(std::string_view text, std::string& output) {
  while (true) {
    const std::size_t end = text.find("\r\n");
    append_quoted(text.substr(0, end), output);
    if (end == std::string_view::npos) return;
    output += "\r\n";
    text.remove_prefix(end + 2);
  }
}

void decode_quoted_printable(std::string_view text, std::string& output) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find("\r\n", at);
    bool has_end = end != std::string_view::npos;
    std::string_view line = text.substr(at, has_end ? end - at : std::string_view::npos);
    at = has_end ? end + 2 : text.size();
    // White space at the end of a line has been added on the way (rule 3).
    while (!line.empty() && ascii::is_blank(line.back())) line.remove_suffix(1);
    bool soft = !line.empty() && line.back() == '=';
    if (soft) line.remove_suffix(1);
    append_unquoted(line, output);
    if (has_end && !soft) output += "\r\n";
  }
}

TransferEncoding choose_text_encoding(std::string_view text) {
  std::size_t line_length = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\r\n")) {
      line_length = 0;
      ++i;
      continue;
    }
    char c = text[i];
    if (ascii::is_eight_bit(c) || c == '\0' || c == '\r' || c == '\n')
      return TransferEncoding::kQuotedPrintable;
    if (++line_length > kLineLengthMax) return TransferEncoding::kQuotedPrintable;
  }
  return TransferEncoding::k7bit;
}

}  // namespace mailcosm::mail
