#include "protocols/mail/message.h"

#include <utility>
#include <vector>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "protocols/mail/message_id.h"

namespace mailcosm::mail {
namespace {

constexpr std::string_view kMessageId = "Message-ID";

std::string first_id(std::string_view body) {
  std::vector<std::string> ids = parse_message_ids(body, 1);
  return ids.empty() ? std::string() : std::move(ids.front());
}

}  // namespace

Message Message::parse(Content content, const HeaderLimits& limits) {
  CHECK(content != nullptr);
  Message message;
  // The header section is never longer than the head: what is shared starts behind its end.
  message.header_ = Header::parse(content.head(), limits);
  message.content_ = std::move(content);
  return message;
}

Message Message::parse(std::string_view content, const HeaderLimits& limits) {
  return parse(Content(content), limits);
}

std::string Message::body() const {
  std::string storage;
  return std::string(content_.range(header_.size(), content_.size(), storage));
}

std::string Message::message_id() const {
  const Field* field = header_.find(kMessageId);
  return field ? first_id(field->body) : std::string();
}

std::string message_id_of(const Content& content) {
  CHECK(content != nullptr);
  FieldReader reader(content.head());
  for (Field field; reader.next(field);) {
    if (ascii::equal_ignoring_case(field.name, kMessageId)) return first_id(field.body);
  }
  return {};
}

Content Message::with_fields_on_top(std::string_view fields) const {
  // A text that starts with no field is all body, and must not become part of the last field.
  const bool has_header = !header_.fields().empty() || header_.has_empty_line();
  return Content::with_head({fields, has_header ? "" : "\r\n", content_.head()}, content_);
}

Content Message::without_fields(std::string_view name) const {
  const std::string_view head = content_.head();
  std::string text;
  text.reserve(head.size());
  std::size_t kept = 0;
  for (const Field& field : header_.fields()) {
    if (!ascii::equal_ignoring_case(field.name, name)) continue;
    auto at = static_cast<std::size_t>(field.raw.data() - head.data());
    text.append(head, kept, at - kept);
    kept = at + field.raw.size();
  }
  text.append(head, kept);
  return Content::with_head({text}, content_);
}

}  // namespace mailcosm::mail
