#include "protocols/mail/header.h"

#include <algorithm>

#include "protocols/base/ascii.h"

namespace mailcosm::mail {
namespace {

// Length of the field name that `line` starts with, or 0; `colon` gets the place of the colon.
std::size_t field_name_length(std::string_view line, std::size_t& colon) {
  std::size_t length = 0;
  while (length < line.size() && line[length] > 32 && line[length] < 127 && line[length] != ':')
    ++length;
  colon = length;
  while (colon < line.size() && ascii::is_blank(line[colon])) ++colon;
  return length > 0 && colon < line.size() && line[colon] == ':' ? length : 0;
}

// End of the line that starts at `begin`, behind its CRLF or at the end of the text.
std::size_t line_end(std::string_view text, std::size_t begin) {
  std::size_t end = text.find("\r\n", begin);
  return end == std::string_view::npos ? text.size() : end + 2;
}

std::string_view without_crlf(std::string_view line) {
  return line.ends_with("\r\n") ? line.substr(0, line.size() - 2) : line;
}

// Where an overlong line may be folded: at the last blank that leaves the line short enough, else
// at the first one after it, not leaving a line of blanks only (RFC 5322 section 3.2.2). npos if
// there is none.
std::size_t fold_place(std::string_view line, std::size_t begin, bool spare_quoted) {
  std::size_t best = std::string_view::npos;
  bool quoted = false;
  bool text_seen = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    char c = line[i];
    if (quoted && c == '\\') {
      ++i;
      continue;
    }
    if (c == '"') quoted = spare_quoted && !quoted;
    if (!ascii::is_blank(c)) {
      text_seen = true;
      continue;
    }
    if (quoted || !text_seen || i < begin || ascii::is_blank(line[i - 1])) continue;
    if (line.find_first_not_of(" \t", i) == std::string_view::npos) break;
    if (i > kLineLengthWanted && best != std::string_view::npos) break;
    best = i;
    if (i > kLineLengthWanted) break;
  }
  return best;
}

// `field` in lines. No fold before `value_at`: none between the name and the first word.
void append_folded(std::string_view field, std::size_t value_at, std::string& output) {
  std::string_view rest = field;
  std::size_t begin = value_at;
  while (rest.size() > kLineLengthWanted) {
    std::size_t place = fold_place(rest, begin, true);
    if (place >= kLineLengthMax) place = fold_place(rest, begin, false);
    if (place >= kLineLengthMax) {
      if (rest.size() < kLineLengthMax) break;
      output += rest.substr(0, kLineLengthMax - 1);
      output += "\r\n ";
      rest.remove_prefix(kLineLengthMax - 1);
      begin = 0;
      continue;
    }
    output += rest.substr(0, place);
    output += "\r\n";
    rest.remove_prefix(place);
    begin = 1;
  }
  output += rest;
}

}  // namespace

std::string Field::value() const { return std::string(ascii::trim(unfold(body))); }

bool FieldReader::next(Field& field) {
  while (at_ < text_.size()) {
    std::size_t end = line_end(text_, at_);
    const std::string_view line = text_.substr(at_, end - at_);
    if (line == "\r\n") {
      has_empty_line_ = true;
      at_ = end;
      return false;
    }
    std::size_t colon = 0;
    const std::size_t name_length = field_name_length(without_crlf(line), colon);
    if (name_length == 0 || count_ >= limits_.fields_max) {
      well_formed_ = false;
      if (!limits_.skip_malformed_lines) return false;
      at_ = end;
      continue;
    }
    while (end < text_.size() && ascii::is_blank(text_[end])) end = line_end(text_, end);
    field.raw = text_.substr(at_, end - at_);
    field.name = field.raw.substr(0, name_length);
    field.body = without_crlf(field.raw).substr(colon + 1);
    ++count_;
    at_ = end;
    return true;
  }
  return false;
}

Header Header::parse(std::string_view text, const HeaderLimits& limits) {
  constexpr std::size_t kFieldsUsual = 8;
  Header header;
  FieldReader reader(text, limits);
  for (Field field; reader.next(field); header.fields_.push_back(field)) {
    if (header.fields_.empty()) header.fields_.reserve(kFieldsUsual);
  }
  header.size_ = reader.offset();
  header.has_empty_line_ = reader.has_empty_line();
  header.well_formed_ = reader.well_formed();
  return header;
}

const Field* Header::find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (ascii::equal_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

std::string Header::value_of(std::string_view name) const {
  const Field* field = find(name);
  return field ? field->value() : std::string();
}

std::size_t Header::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(
      fields_.begin(), fields_.end(),
      [&](const Field& field) { return ascii::equal_ignoring_case(field.name, name); }));
}

std::string unfold(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool folded = text[i] == '\r' && i + 2 < text.size() && text[i + 1] == '\n' &&
                  ascii::is_blank(text[i + 2]);
    if (folded) {
      ++i;
    } else {
      line.push_back(text[i]);
    }
  }
  return line;
}

void append_field(std::string_view name, std::string_view value, std::string& output) {
  const std::size_t start = output.size();
  output += name;
  output += ": ";
  const std::size_t value_at = output.size() - start;
  output += value;
  for (std::size_t i = start + value_at; i < output.size(); ++i) {
    if (output[i] == '\r' || output[i] == '\n' || output[i] == '\0') output[i] = ' ';
  }
  if (output.size() - start > kLineLengthWanted) {
    const std::string field = output.substr(start);
    output.resize(start);
    append_folded(field, value_at, output);
  }
  output += "\r\n";
}

}  // namespace mailcosm::mail
