#include "protocols/imap/fetch_section.h"

#include "protocols/base/ascii.h"
#include "protocols/imap/write.h"

namespace mailcosm::imap {
namespace {

using Text = Section::Text;

struct Row {
  std::string_view word;
  Text text;
};
// A word that begins with another stands before it.
constexpr Row kRows[] = {{"HEADER.FIELDS.NOT", Text::kHeaderFieldsNot},
                         {"HEADER.FIELDS", Text::kHeaderFields},
                         {"HEADER", Text::kHeader},
                         {"TEXT", Text::kText},
                         {"MIME", Text::kMime}};

// header-list = "(" header-fld-name *(SP header-fld-name) ")"
bool take_header_list(Lexer& lexer, std::vector<std::string>& names) {
  if (!lexer.take_space() || !lexer.take('(')) return false;
  do {
    if (names.size() == kHeaderNamesMax || !lexer.take_astring(names.emplace_back())) return false;
  } while (lexer.take_space());
  return lexer.take(')');
}

bool take_section_text(Lexer& lexer, Section& section) {
  for (const Row& row : kRows) {
    if (!lexer.take_word(row.word)) continue;
    section.text = row.text;
    const bool has_names = row.text == Text::kHeaderFields || row.text == Text::kHeaderFieldsNot;
    return !has_names || take_header_list(lexer, section.names);
  }
  return false;
}

bool names_contain(const std::vector<std::string>& names, std::string_view wanted) {
  for (const std::string& name : names) {
    if (ascii::equal_ignoring_case(name, wanted)) return true;
  }
  return false;
}

// The fields in their order, and the empty line that ends every header section.
std::string_view select_fields(const mail::Header& header, const Section& section,
                               std::string& storage) {
  const bool wanted = section.text == Text::kHeaderFields;
  storage.clear();
  for (const mail::Field& field : header.fields()) {
    if (names_contain(section.names, field.name) == wanted) storage.append(field.raw);
  }
  storage.append("\r\n");
  return storage;
}

}  // namespace

// section-spec = section-msgtext / (section-part ["." section-text])
bool take_section(Lexer& lexer, Section& section) {
  section = {};
  if (!lexer.take('[')) return false;
  if (lexer.take(']')) return true;
  while (ascii::is_digit(lexer.peek())) {
    if (section.part.size() == kSectionPartsMax) return false;
    if (!lexer.take_nz_number(section.part.emplace_back())) return false;
    if (lexer.take(']')) return true;
    if (!lexer.take('.')) return false;
  }
  if (!take_section_text(lexer, section)) return false;
  // The header of a message is no MIME header: a part must be named (RFC 3501 section 6.4.5).
  if (section.text == Text::kMime && section.part.empty()) return false;
  return lexer.take(']');
}

void Section::append_to(std::string& output) const {
  std::string_view separator;
  for (std::uint32_t number : part) {
    output.append(separator);
    append_number(number, output);
    separator = ".";
  }
  if (text == Text::kAll) return;
  output.append(separator);
  for (const Row& row : kRows) {
    if (row.text == text) output.append(row.word);
  }
  if (names.empty()) return;
  separator = " (";
  for (const std::string& name : names) {
    output.append(separator);
    if (is_atom(name)) {
      output.append(name);
    } else {
      append_string(name, output);
    }
    separator = " ";
  }
  output.push_back(')');
}

std::optional<std::string_view> find_section(const mail::MimeTree& tree, const Section& section,
                                             std::string& storage) {
  if (section.part.empty() && section.text == Text::kAll) return tree.text();
  const mail::Part* part = tree.find(section.part);
  if (part == nullptr) return std::nullopt;
  if (section.text == Text::kAll) return tree.body_of(*part);
  if (section.text == Text::kMime) return tree.header_of(*part);
  // HEADER and TEXT of a part mean the message inside it (RFC 3501 section 6.4.5).
  if (!section.part.empty()) {
    if (part->kind != mail::Part::Kind::kMessage || part->children.empty()) return std::nullopt;
    part = &tree.part(part->children.front());
  }
  if (section.text == Text::kText) return tree.body_of(*part);
  if (section.text == Text::kHeader) return tree.header_of(*part);
  return select_fields(part->header, section, storage);
}

}  // namespace mailcosm::imap
