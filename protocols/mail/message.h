// Message: a parsed header over a shared, immutable content (RFC 5322).
#pragma once

#include <string>
#include <string_view>

#include "protocols/base/content.h"
#include "protocols/mail/header.h"

namespace mailcosm::mail {

// Shares the content; its views live as long as any Message or Content on it. Copying copies the
// list of fields only.
class Message {
 public:
  // Any octets are a message. REQUIRES: content is not null.
  static Message parse(Content content, const HeaderLimits& limits = {});
  static Message parse(std::string_view content, const HeaderLimits& limits = {});

  const Content& content() const { return content_; }
  const Header& header() const { return header_; }
  std::string_view header_text() const { return content_.head().substr(0, header_.size()); }
  std::string body() const;

  // The Message-ID with its angle brackets, or empty.
  std::string message_id() const;

  // A content with `fields` (whole fields, each with CRLF) before the first one, and an empty
  // line if the message has no header. It shares the body with this one.
  Content with_fields_on_top(std::string_view fields) const;
  // A content without the fields of that name, with the same body.
  Content without_fields(std::string_view name) const;

 private:
  Content content_;
  Header header_;
};

// The Message-ID of a content with its angle brackets, or empty: what Message::parse() would find,
// without reading further than there.
std::string message_id_of(const Content& content);

}  // namespace mailcosm::mail
