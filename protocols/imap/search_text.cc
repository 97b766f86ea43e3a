#include "protocols/imap/search_text.h"

#include <string>

#include "protocols/base/ascii.h"
#include "protocols/mail/date.h"
#include "protocols/mail/encoded_word.h"
#include "protocols/mail/mailbox.h"

namespace mailcosm::imap {
namespace {

bool contains(std::string_view text, std::string_view wanted) {
  return ascii::find_ignoring_case(text, wanted) != std::string_view::npos;
}

bool value_contains(const mail::Field& field, std::string_view text) {
  if (text.empty()) return true;
  const std::string value = field.value();
  if (contains(value, text)) return true;
  return value.find("=?") != std::string::npos && contains(mail::decode_encoded_words(value), text);
}

// The name with its colon is part of the text of a header.
bool fields_contain(const mail::Header& header, std::string_view text) {
  for (const mail::Field& field : header.fields()) {
    if (contains(field.raw, text) || value_contains(field, text)) return true;
  }
  return text.empty();
}

}  // namespace

bool field_contains(const mail::MimeTree& tree, std::string_view name, std::string_view text) {
  for (const mail::Field& field : tree.root().header.fields()) {
    if (ascii::equal_ignoring_case(field.name, name) && value_contains(field, text)) return true;
  }
  return false;
}

bool addresses_contain(const mail::MimeTree& tree, std::string_view name, std::string_view text) {
  if (field_contains(tree, name, text)) return true;
  for (const mail::Field& field : tree.root().header.fields()) {
    if (!ascii::equal_ignoring_case(field.name, name)) continue;
    for (const mail::Mailbox& mailbox : mail::parse_mailboxes(field.body)) {
      if (contains(mailbox.name(), text) || contains(mailbox.address().to_string(), text))
        return true;
    }
  }
  return false;
}

bool header_contains(const mail::MimeTree& tree, std::string_view text) {
  return fields_contain(tree.root().header, text);
}

bool body_contains(const mail::MimeTree& tree, std::string_view text) {
  if (text.empty()) return true;
  for (const mail::Part& part : tree.parts()) {
    const bool root = part.parent == mail::Part::kNone;
    if (!root && fields_contain(part.header, text)) return true;
    if (part.kind != mail::Part::Kind::kLeaf) continue;
    // Pictures and archives hold no text; a message that was not looked into is searched as it
    // stands.
    const std::string& type = part.content_type.type;
    if (type == "text" && contains(tree.text_of(part), text)) return true;
    if ((type == "message" || type == "multipart") && contains(tree.body_of(part), text))
      return true;
  }
  return false;
}

std::optional<std::int64_t> sent_day(const mail::MimeTree& tree) {
  const mail::Field* field = tree.root().header.find("Date");
  if (field == nullptr) return std::nullopt;
  const auto date = mail::parse_date(field->body);
  if (!date) return std::nullopt;
  return mail::days_from_civil(date->local.year, date->local.month, date->local.day);
}

}  // namespace mailcosm::imap
