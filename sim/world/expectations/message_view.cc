#include "sim/world/expectations/message_view.h"

#include <algorithm>
#include <array>

#include "protocols/base/ascii.h"
#include "protocols/mail/encoded_word.h"
#include "protocols/mail/mailbox.h"
#include "protocols/mail/mime.h"

namespace mailcosm::sim::expectations {
namespace {

// RFC 5321 section 4.4, and Delivered-To, which final delivery adds to detect loops.
constexpr std::array<std::string_view, 3> kTraceFields = {"Return-Path", "Received",
                                                          "Delivered-To"};

Property text(std::string value) { return {FieldType::kText, {std::move(value)}, 0, true}; }
Property number(std::size_t value) {
  return {FieldType::kNumber, {}, static_cast<std::int64_t>(value), true};
}

std::string lower_domain(std::string address) {
  for (std::size_t i = address.rfind('@'); i < address.size(); ++i)
    address[i] = ascii::to_lower(address[i]);
  return address;
}

}  // namespace

std::string with_line_feeds(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    result.push_back(text[i]);
  }
  return result;
}

MessageView::MessageView(std::string_view content)
    : content_(content), header_(mail::Header::parse(content)) {}

std::string MessageView::message_id() const { return header_.value_of("Message-ID"); }

Property MessageView::addresses(std::string_view field) const {
  Property result;
  for (const mail::Mailbox& mailbox : mail::parse_mailboxes(header_.value_of(field))) {
    result.texts.push_back(lower_domain(mailbox.address().to_string()));
  }
  return result;
}

std::string MessageView::body() const {
  const mail::MimeTree tree = mail::MimeTree::parse(content_);
  const mail::Part* part = tree.first_text();
  return with_line_feeds(part != nullptr ? tree.text_of(*part)
                                         : std::string(content_.substr(header_.size())));
}

Property MessageView::property(const scenario::Check& check) const {
  const std::string& name = check.property;
  if (name == "subject") return text(mail::decode_encoded_words(header_.value_of("Subject")));
  if (name == "from") return addresses("From");
  if (name == "to") return addresses("To");
  if (name == "message_id") return text(message_id());
  if (name == "body") return text(body());
  if (name == "content") return text(with_line_feeds(content_));
  if (name == "size") return number(content_.size());
  if (name == "header_count") return number(header_.count(check.header));
  Property result;
  if (name == "header") {
    for (const mail::Field& field : header_.fields()) {
      if (ascii::equal_ignoring_case(field.name, check.header))
        result.texts.push_back(field.value());
    }
    return result;
  }
  result.known = false;
  return result;
}

bool MessageView::is_as_written(std::string_view composed) const {
  if (!content_.ends_with(composed)) return false;
  const std::string_view before = content_.substr(0, content_.size() - composed.size());
  if (!before.empty() && !before.ends_with("\r\n")) return false;
  const mail::Header added = mail::Header::parse(before);
  if (added.size() != before.size() || added.has_empty_line()) return false;
  return std::all_of(added.fields().begin(), added.fields().end(), [](const mail::Field& field) {
    return std::any_of(kTraceFields.begin(), kTraceFields.end(), [&](std::string_view known) {
      return ascii::equal_ignoring_case(field.name, known);
    });
  });
}

}  // namespace mailcosm::sim::expectations
