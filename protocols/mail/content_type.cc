#include "protocols/mail/content_type.h"

#include <algorithm>
#include <map>
#include <optional>

#include "protocols/base/ascii.h"
#include "protocols/mail/charset.h"
#include "protocols/mail/encoded_word.h"

namespace mailcosm::mail {
namespace {

bool is_white(char c) { return ascii::is_blank(c) || c == '\r' || c == '\n'; }

// Reads `type/subtype; name=value ...` with comments and white space anywhere, and a missing
// semicolon forgiven.
class ParameterParser {
 public:
  explicit ParameterParser(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  std::size_t offset() const { return at_; }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void skip_cfws() {
    int depth = 0;
    for (; !at_end(); ++at_) {
      char c = text_[at_];
      if (depth > 0 && c == '\\') {
        ++at_;
      } else if (c == '(') {
        ++depth;
      } else if (depth > 0) {
        if (c == ')') --depth;
      } else if (!is_white(c)) {
        return;
      }
    }
    at_ = std::min(at_, text_.size());
  }

  // Up to white space, `;`, `(` or one of `more`.
  std::string_view run(std::string_view more) {
    std::size_t begin = at_;
    while (!at_end() && !is_white(text_[at_]) && text_[at_] != ';' && text_[at_] != '(' &&
           more.find(text_[at_]) == std::string_view::npos)
      ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // One parameter after another; false at the end. Both are empty for what is no parameter.
  bool next(std::string& name, std::string& value) {
    name.clear();
    value.clear();
    do skip_cfws();
    while (take(';'));
    if (at_end()) return false;
    name = run("=");
    skip_cfws();
    if (!take('=')) {
      name.clear();
      return true;
    }
    skip_cfws();
    bool quoted = take('"');
    if (quoted) {
      read_quoted(value);
    } else {
      read_unquoted(value);
      if (value.empty()) name.clear();
    }
    return true;
  }

 private:
  void read_quoted(std::string& value) {
    while (!at_end() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      if (text_[at_] != '\r' && text_[at_] != '\n') value.push_back(text_[at_]);
      ++at_;
    }
    take('"');
  }

  // Adjacent encoded words count as one value: they do not belong here, but are often met.
  void read_unquoted(std::string& value) {
    for (;;) {
      value += run("");
      if (!value.starts_with("=?")) return;
      std::size_t next = at_;
      while (next < text_.size() && is_white(text_[next])) ++next;
      if (next == at_ || !text_.substr(next).starts_with("=?")) return;
      value.push_back(' ');
      at_ = next;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// RFC 2231: name ["*" section] ["*"].
struct ParameterName {
  std::string base;
  std::optional<std::uint64_t> section;
  bool extended = false;
};

ParameterName split_name(std::string_view name) {
  ParameterName split;
  std::string_view rest = name;
  if (!rest.empty() && rest.back() == '*') {
    split.extended = true;
    rest.remove_suffix(1);
  }
  std::size_t star = rest.rfind('*');
  if (star != std::string_view::npos && star > 0) {
    split.section = ascii::parse_unsigned(rest.substr(star + 1), 99'999);
    if (split.section) rest = rest.substr(0, star);
  }
  // Other stars belong to no known form: the name stays as it is.
  if (rest.find('*') != std::string_view::npos) return {ascii::to_lower(name), std::nullopt, false};
  split.base = ascii::to_lower(rest);
  return split;
}

void decode_percent(std::string_view text, std::string& output) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool encoded = text[i] == '%' && i + 2 < text.size() && ascii::hex_value(text[i + 1]) >= 0 &&
                   ascii::hex_value(text[i + 2]) >= 0;
    if (encoded) {
      output.push_back(
          static_cast<char>(ascii::hex_value(text[i + 1]) * 16 + ascii::hex_value(text[i + 2])));
      i += 2;
    } else {
      output.push_back(text[i]);
    }
  }
}

struct Section {
  std::string_view value;
  bool extended = false;
};
using Sections = std::map<std::uint64_t, Section>;

// Joins the sections in order; the first one names charset and language (RFC 2231 section 4.1).
Parameter join(std::string name, const Sections& sections, std::size_t length_max) {
  Parameter parameter;
  parameter.name = std::move(name);
  std::string charset;
  std::string octets;
  bool first = true;
  for (const auto& [number, section] : sections) {
    std::string_view value = section.value;
    if (first && section.extended && std::count(value.begin(), value.end(), '\'') >= 2) {
      charset = ascii::take_until(value, '\'');
      parameter.language = ascii::take_until(value, '\'');
    }
    first = false;
    if (section.extended) {
      decode_percent(value, octets);
    } else {
      octets += value;
    }
    if (octets.size() > length_max) octets.resize(length_max);
  }
  if (charset.empty() || !append_as_utf8(charset, octets, parameter.value))
    parameter.value = octets;
  return parameter;
}

std::vector<Parameter> decode(const std::vector<std::pair<std::string, std::string>>& raw,
                              std::size_t length_max) {
  std::map<std::string, Sections, std::less<>> extended;
  std::vector<ParameterName> names;
  for (const auto& [name, value] : raw) {
    ParameterName split = split_name(name);
    if (split.section || split.extended)
      extended[split.base].try_emplace(split.section.value_or(0), Section{value, split.extended});
    names.push_back(std::move(split));
  }
  std::vector<Parameter> decoded;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (names[i].base.empty()) continue;
    // An extended form replaces a plain one of the same name, which is there for old readers.
    auto sections = extended.find(names[i].base);
    if (sections == extended.end()) {
      std::string value = decode_encoded_words(raw[i].second.substr(0, length_max));
      decoded.push_back({names[i].base, std::move(value), {}});
    } else if (!sections->second.empty()) {
      decoded.push_back(join(names[i].base, sections->second, length_max));
      sections->second.clear();
    }
  }
  return decoded;
}

Parameters parse_parameters(ParameterParser& parser, const ParameterLimits& limits) {
  Parameters parameters;
  std::string name;
  std::string value;
  while (parameters.raw.size() < limits.parameters_max && parser.next(name, value)) {
    if (name.empty()) continue;
    if (value.size() > limits.value_length_max) value.resize(limits.value_length_max);
    parameters.raw.emplace_back(name, value);
  }
  parameters.decoded = decode(parameters.raw, limits.value_length_max);
  return parameters;
}

// token of RFC 2045 section 5.1: no space, control or tspecials.
bool is_token(std::string_view text) {
  for (char c : text) {
    if (!ascii::is_printable(c) || c == ' ' ||
        std::string_view("()<>@,;:\\\"/[]?=").find(c) != std::string_view::npos)
      return false;
  }
  return !text.empty();
}

// `%XX` for all but attribute-char of RFC 2231 section 7.
std::string encode_percent(std::string_view text) {
  std::string encoded;
  for (char c : text) {
    if (ascii::is_alphanumeric(c) || c == '-' || c == '.' || c == '_') {
      encoded.push_back(c);
    } else {
      auto octet = static_cast<unsigned char>(c);
      encoded.push_back('%');
      encoded.push_back("0123456789ABCDEF"[octet >> 4]);
      encoded.push_back("0123456789ABCDEF"[octet & 15]);
    }
  }
  return encoded;
}

}  // namespace

const std::string* Parameters::find(std::string_view name) const {
  for (const Parameter& parameter : decoded) {
    if (parameter.name == name) return &parameter.value;
  }
  return nullptr;
}

std::string ContentType::boundary() const {
  const std::string* value = parameters.find("boundary");
  return value ? *value : std::string();
}

std::string ContentType::charset() const {
  const std::string* value = parameters.find("charset");
  return value && !value->empty() ? ascii::to_lower(*value) : "us-ascii";
}

std::string ContentDisposition::filename() const {
  const std::string* value = parameters.find("filename");
  return value ? *value : std::string();
}

Result<ContentType> parse_content_type(std::string_view text, const ParameterLimits& limits) {
  ParameterParser parser(text);
  ContentType content_type;
  parser.skip_cfws();
  content_type.type = ascii::to_lower(parser.run("/"));
  if (content_type.type.empty()) return Error{"type is missing", parser.offset()};
  content_type.subtype.clear();
  parser.skip_cfws();
  if (parser.take('/')) {
    parser.skip_cfws();
    content_type.subtype = ascii::to_lower(parser.run(""));
  }
  content_type.parameters = parse_parameters(parser, limits);
  return content_type;
}

Result<ContentDisposition> parse_content_disposition(std::string_view text,
                                                     const ParameterLimits& limits) {
  ParameterParser parser(text);
  ContentDisposition disposition;
  parser.skip_cfws();
  disposition.type = ascii::to_lower(parser.run(""));
  if (disposition.type.empty()) return Error{"disposition is missing", parser.offset()};
  disposition.parameters = parse_parameters(parser, limits);
  return disposition;
}

void append_parameter(std::string_view name, std::string_view value_utf8, std::string& output) {
  constexpr std::size_t kSectionLength = 54;  // leaves room for the name in a line of 78
  output += "; ";
  output += name;
  if (is_token(value_utf8)) {
    output.push_back('=');
    output += value_utf8;
    return;
  }
  bool printable = std::all_of(value_utf8.begin(), value_utf8.end(), ascii::is_printable);
  if (printable) {
    output += "=\"";
    for (char c : value_utf8) {
      if (c == '"' || c == '\\') output.push_back('\\');
      output.push_back(c);
    }
    output.push_back('"');
    return;
  }
  std::string encoded = "utf-8''" + encode_percent(value_utf8);
  if (encoded.size() <= kSectionLength) {
    output += "*=" + encoded;
    return;
  }
  std::string_view rest = encoded;
  for (int section = 0; !rest.empty(); ++section) {
    std::size_t length = std::min(rest.size(), kSectionLength);
    // An escape is not cut.
    if (std::size_t percent = rest.substr(0, length).rfind('%');
        percent != std::string_view::npos && percent + 3 > length && length < rest.size())
      length = percent;
    if (section > 0) (output += "; ") += name;
    output += '*' + std::to_string(section) + "*=";
    output += rest.substr(0, length);
    rest.remove_prefix(length);
  }
}

}  // namespace mailcosm::mail
