#include "sim/trace/json_cursor.h"

#include "protocols/base/ascii.h"
#include "sim/trace/json_text.h"

namespace mailcosm::sim {
namespace {

void append_utf8(std::uint32_t point, std::string& output) {
  const auto put = [&output](std::uint32_t octet) { output += static_cast<char>(octet); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xc0 | point >> 6);
    put(0x80 | (point & 63));
  } else if (point < 0x10000) {
    put(0xe0 | point >> 12);
    put(0x80 | (point >> 6 & 63));
    put(0x80 | (point & 63));
  } else {
    put(0xf0 | point >> 18);
    put(0x80 | (point >> 12 & 63));
    put(0x80 | (point >> 6 & 63));
    put(0x80 | (point & 63));
  }
}

}  // namespace

bool JsonCursor::fail(std::string_view what) {
  if (error_.empty()) error_ = what;
  return false;
}

void JsonCursor::skip_space() {
  while (offset_ < text_.size() &&
         (ascii::is_blank(text_[offset_]) || text_[offset_] == '\n' || text_[offset_] == '\r')) {
    ++offset_;
  }
}

char JsonCursor::peek() {
  skip_space();
  return offset_ < text_.size() && !failed() ? text_[offset_] : '\0';
}

bool JsonCursor::at_end() {
  skip_space();
  return offset_ == text_.size();
}

bool JsonCursor::take(char c, std::string_view what) {
  if (peek() != c) return fail(what);
  ++offset_;
  return true;
}

bool JsonCursor::enter(char opening, std::string_view what) {
  if (!take(opening, what)) return false;
  if (++depth_ > depth_max_) return fail("nested too deeply");
  first_ = true;
  return true;
}

bool JsonCursor::enter_object() { return enter('{', "an object is expected"); }
bool JsonCursor::enter_array() { return enter('[', "an array is expected"); }

// Takes the comma in front of the next item, or the closing bracket.
bool JsonCursor::next_item(char closing, std::string_view what) {
  if (peek() == closing) {
    ++offset_;
    --depth_;
    first_ = false;
    return false;
  }
  if (!first_ && !take(',', what)) return false;
  first_ = false;
  return !failed();
}

bool JsonCursor::next_key(std::string& key) {
  return next_item('}', "a comma or } is expected") && read_string(key) &&
         take(':', "a colon is expected");
}

bool JsonCursor::next_element() {
  if (!next_item(']', "a comma or ] is expected")) return false;
  return peek() != '\0' || fail("the text ends within an array");
}

bool JsonCursor::read_string(std::string& output) {
  output.clear();
  if (!take('"', "a string is expected")) return false;
  std::size_t plain = offset_;
  for (; offset_ < text_.size(); ++offset_) {
    const char c = text_[offset_];
    if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 32) continue;
    output.append(text_.substr(plain, offset_ - plain));
    if (c == '"') {
      ++offset_;
      return is_utf8(output) || fail("a string is not UTF-8");
    }
    if (c != '\\') return fail("a control character stands in a string");
    ++offset_;
    if (!read_escape(output)) return false;
    plain = offset_--;  // the loop moves on by one
  }
  return fail("the text ends within a string");
}

// Stands behind the backslash; leaves the offset behind the escape.
bool JsonCursor::read_escape(std::string& output) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (offset_ == text_.size()) return fail("the text ends within a string");
  const char c = text_[offset_++];
  const std::size_t letter = kLetters.find(c);
  if (letter != std::string_view::npos) {
    output += kMeanings[letter];
    return true;
  }
  std::uint32_t unit = 0;
  if (c != 'u' || !read_code_unit(unit)) return fail("an escape is malformed");
  if (unit >= 0xdc00 && unit <= 0xdfff) return fail("a surrogate stands alone");
  if (unit >= 0xd800 && unit <= 0xdbff) {
    std::uint32_t low = 0;
    if (text_.substr(offset_, 2) != "\\u") return fail("a surrogate stands alone");
    offset_ += 2;
    if (!read_code_unit(low) || low < 0xdc00 || low > 0xdfff)
      return fail("a surrogate stands alone");
    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
  }
  append_utf8(unit, output);
  return true;
}

bool JsonCursor::read_code_unit(std::uint32_t& unit) {
  if (text_.size() - offset_ < 4) return false;
  unit = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = ascii::hex_value(text_[offset_++]);
    if (digit < 0) return false;
    unit = unit << 4 | static_cast<std::uint32_t>(digit);
  }
  return true;
}

bool JsonCursor::read_integer(std::int64_t& output) {
  const bool negative = peek() == '-';
  if (negative) ++offset_;
  const std::size_t begin = offset_;
  while (offset_ < text_.size() && ascii::is_digit(text_[offset_])) ++offset_;
  const std::string_view digits = text_.substr(begin, offset_ - begin);
  const std::uint64_t limit = (std::uint64_t{1} << 63) - (negative ? 0 : 1);
  const auto number = ascii::parse_unsigned(digits, limit);
  const bool leading_zero = digits.size() > 1 && digits.front() == '0';
  const char after = offset_ < text_.size() ? text_[offset_] : '\0';
  if (!number || leading_zero || after == '.' || after == 'e' || after == 'E') {
    return fail("an integer of 64 bits is expected");
  }
  output = static_cast<std::int64_t>(negative ? 0 - *number : *number);
  return true;
}

bool JsonCursor::take_word(std::string_view word) {
  if (text_.substr(offset_, word.size()) != word) return fail("a value is malformed");
  offset_ += word.size();
  return true;
}

bool JsonCursor::read_flag(bool& output) {
  const char c = peek();
  if (c != 't' && c != 'f') return fail("true or false is expected");
  output = c == 't';
  return take_word(output ? "true" : "false");
}

bool JsonCursor::skip_number() {
  if (text_[offset_] == '-') ++offset_;
  const auto take_digits = [this] {
    const std::size_t begin = offset_;
    while (offset_ < text_.size() && ascii::is_digit(text_[offset_])) ++offset_;
    return offset_ > begin;
  };
  if (!take_digits()) return fail("a number is malformed");
  if (offset_ < text_.size() && text_[offset_] == '.') {
    ++offset_;
    if (!take_digits()) return fail("a number is malformed");
  }
  if (offset_ < text_.size() && (text_[offset_] == 'e' || text_[offset_] == 'E')) {
    ++offset_;
    if (offset_ < text_.size() && (text_[offset_] == '+' || text_[offset_] == '-')) ++offset_;
    if (!take_digits()) return fail("a number is malformed");
  }
  return true;
}

// Recursion is bounded by the depth that enter() allows.
bool JsonCursor::skip_container(char opening) {
  if (opening == '{') {
    if (!enter_object()) return false;
    std::string key;
    while (next_key(key)) {
      if (!skip()) return false;
    }
  } else {
    if (!enter_array()) return false;
    while (next_element()) {
      if (!skip()) return false;
    }
  }
  return !failed();
}

bool JsonCursor::skip() {
  const char c = peek();
  if (c == '{' || c == '[') return skip_container(c);
  if (c == '"') {
    std::string ignored;
    return read_string(ignored);
  }
  if (c == 't') return take_word("true");
  if (c == 'f') return take_word("false");
  if (c == 'n') return take_word("null");
  if (c == '-' || ascii::is_digit(c)) return skip_number();
  return fail("a value is expected");
}

}  // namespace mailcosm::sim
