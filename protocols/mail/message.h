// Message: a parsed header over a shared, immutable content (RFC 5322).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "protocols/mail/header.h"

namespace mailcosm::mail {

using Content = std::shared_ptr<const std::string>;

// Shares the content, so that queue, mailbox and trace hold one copy; its views live as long as any
// Message or Content on it. Copying copies the list of fields only.
class Message {
 public:
  // Any octets are a message. REQUIRES: content is not null.
  static Message parse(Content content, const HeaderLimits& limits = {});
  static Message parse(std::string content, const HeaderLimits& limits = {});

  const Content& content() const { return content_; }
  const Header& header() const { return header_; }
  std::string_view header_text() const {
    return std::string_view(*content_).substr(0, header_.size());
  }
  std::string_view body() const { return std::string_view(*content_).substr(header_.size()); }

  // The Message-ID with its angle brackets, or empty.
  std::string message_id() const;

  // A new content with `fields` (whole fields, each with CRLF) before the first one, and an empty
  // line if the message has no header.
  Content with_fields_on_top(std::string_view fields) const;
  // A new content without the fields of that name.
  Content without_fields(std::string_view name) const;

 private:
  Content content_;
  Header header_;
};

}  // namespace mailcosm::mail
