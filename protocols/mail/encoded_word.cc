#include "protocols/mail/encoded_word.h"

#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "protocols/mail/charset.h"
#include "protocols/mail/scanner.h"

namespace mailcosm::mail {
namespace {

bool is_white(char c) { return ascii::is_blank(c) || c == '\r' || c == '\n'; }

void decode_q(std::string_view text, std::string& output) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '_') {
      output.push_back(' ');
    } else if (c == '=' && i + 2 < text.size() && ascii::hex_value(text[i + 1]) >= 0 &&
               ascii::hex_value(text[i + 2]) >= 0) {
      output.push_back(
          static_cast<char>(ascii::hex_value(text[i + 1]) * 16 + ascii::hex_value(text[i + 2])));
      i += 2;
    } else if (c == '\r' || c == '\n') {
      // A fold inside an encoded word is an error of its writer: the fold and its white space go
      // away.
      while (i + 1 < text.size() && is_white(text[i + 1])) ++i;
    } else {
      output.push_back(c);
    }
  }
}

// encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="
// The length of the one that `text` starts with, or 0; its UTF-8 is appended.
std::size_t decode_word(std::string_view text, std::string& output) {
  if (!text.starts_with("=?")) return 0;
  std::size_t charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size()) return 0;
  if (text[charset_end + 2] != '?') return 0;
  std::string_view charset = text.substr(2, charset_end - 2);
  for (char c : charset) {
    if (is_white(c)) return 0;
  }
  charset = charset.substr(0, charset.find('*'));
  std::size_t begin = charset_end + 3;
  std::size_t end = text.find("?=", begin);
  // A "?" ends the text of the word, so that a damaged word never swallows the next one.
  if (end == std::string_view::npos || text.find('?', begin) != end) return 0;
  std::string_view encoded = text.substr(begin, end - begin);
  std::string octets;
  switch (ascii::to_lower(text[charset_end + 1])) {
    case 'q':
      decode_q(encoded, octets);
      break;
    case 'b':
      base64::decode_lenient(encoded, octets);
      break;
    default:
      return 0;
  }
  return append_as_utf8(charset, octets, output) ? end + 2 : 0;
}

// Characters that the Q encoding may show as themselves in every place, a phrase too (RFC 2047
// section 5 rule 3).
bool is_plain_in_q(char c) {
  return ascii::is_alphanumeric(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/';
}

std::size_t utf8_length(std::string_view text, std::size_t at) {
  std::size_t length = 1;
  while (at + length < text.size() &&
         (static_cast<unsigned char>(text[at + length]) & 0xC0u) == 0x80u)
    ++length;
  return length;
}

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

// Q or B, whichever is shorter, in words of at most 75 characters cut between characters (section
// 2).
std::string encode_words(std::string_view utf8) {
  constexpr std::size_t kWordLengthMax = 75;
  constexpr std::string_view kEnd = "?=";
  std::size_t q_length = 0;
  for (char c : utf8) q_length += is_plain_in_q(c) || c == ' ' ? 1 : 3;
  bool base = q_length > (utf8.size() + 2) / 3 * 4;
  std::string_view start = base ? "=?utf-8?B?" : "=?utf-8?Q?";
  std::size_t room = kWordLengthMax - start.size() - kEnd.size();

  std::string output;
  std::size_t at = 0;
  while (at < utf8.size()) {
    if (!output.empty()) output.push_back(' ');
    output += start;
    std::string chunk;
    std::size_t used = 0;
    while (at < utf8.size()) {
      std::size_t length = utf8_length(utf8, at);
      if (length > 4) length = 4;  // not UTF-8: cut anywhere
      std::size_t cost = 0;
      for (char c : utf8.substr(at, length)) cost += is_plain_in_q(c) || c == ' ' ? 1 : 3;
      std::size_t total = base ? (chunk.size() + length + 2) / 3 * 4 : used + cost;
      if (total > room) break;
      used += cost;
      chunk += utf8.substr(at, length);
      at += length;
    }
    if (base) {
      base64::encode(chunk, output);
    } else {
      for (char c : chunk) {
        if (c == ' ') {
          output.push_back('_');
        } else if (is_plain_in_q(c)) {
          output.push_back(c);
        } else {
          auto octet = static_cast<unsigned char>(c);
          output.push_back('=');
          output.push_back(kHexDigits[octet >> 4]);
          output.push_back(kHexDigits[octet & 15]);
        }
      }
    }
    output += kEnd;
  }
  return output;
}

bool is_plain_text(std::string_view text) {
  for (char c : text) {
    if (!ascii::is_printable(c) && c != '\t') return false;
  }
  return text.find("=?") == std::string_view::npos;
}

}  // namespace

std::string decode_encoded_words(std::string_view text) {
  std::string output;
  output.reserve(text.size());
  std::size_t kept = std::string::npos;  // size of the output behind the last encoded word
  for (std::size_t at = 0; at < text.size();) {
    char c = text[at];
    if (c == '=') {
      std::string word;
      if (std::size_t length = decode_word(text.substr(at), word)) {
        if (kept != std::string::npos) output.resize(kept);
        output += word;
        kept = output.size();
        at += length;
        continue;
      }
    }
    if (c == '\r' && at + 2 < text.size() && text[at + 1] == '\n' &&
        ascii::is_blank(text[at + 2])) {
      at += 2;
      continue;
    }
    if (!is_white(c)) kept = std::string::npos;
    output.push_back(c);
    ++at;
  }
  return output;
}

std::string encode_text(std::string_view utf8) {
  return is_plain_text(utf8) ? std::string(utf8) : encode_words(utf8);
}

std::string encode_phrase(std::string_view utf8) {
  if (!is_plain_text(utf8)) return encode_words(utf8);
  bool atoms = !utf8.empty();
  bool space = true;
  for (char c : utf8) {
    if (c == ' ' ? space : !is_atext(c)) atoms = false;
    space = c == ' ';
  }
  if (atoms && !space) return std::string(utf8);
  std::string quoted = "\"";
  for (char c : utf8) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  quoted.push_back('"');
  return quoted;
}

}  // namespace mailcosm::mail
