#include "protocols/mail/message.h"

#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "protocols/mail/message_id.h"

namespace mailcosm::mail {

Message Message::parse(Content content, const HeaderLimits& limits) {
  CHECK(content != nullptr);
  Message message;
  message.header_ = Header::parse(*content, limits);
  message.content_ = std::move(content);
  return message;
}

Message Message::parse(std::string content, const HeaderLimits& limits) {
  return parse(std::make_shared<const std::string>(std::move(content)), limits);
}

std::string Message::message_id() const {
  const Field* field = header_.find("Message-ID");
  if (!field) return {};
  std::vector<std::string> ids = parse_message_ids(field->body, 1);
  return ids.empty() ? std::string() : std::move(ids.front());
}

Content Message::with_fields_on_top(std::string_view fields) const {
  std::string text;
  text.reserve(fields.size() + content_->size() + 2);
  text += fields;
  // A text that starts with no field is all body, and must not become part of the last field.
  if (header_.fields().empty() && !header_.has_empty_line()) text += "\r\n";
  text += *content_;
  return std::make_shared<const std::string>(std::move(text));
}

Content Message::without_fields(std::string_view name) const {
  std::string text;
  text.reserve(content_->size());
  std::size_t kept = 0;
  for (const Field& field : header_.fields()) {
    if (!ascii::equal_ignoring_case(field.name, name)) continue;
    auto at = static_cast<std::size_t>(field.raw.data() - content_->data());
    text.append(*content_, kept, at - kept);
    kept = at + field.raw.size();
  }
  text.append(*content_, kept);
  return std::make_shared<const std::string>(std::move(text));
}

}  // namespace mailcosm::mail
