// MessageView: the properties of one message as expectations name them.
#pragma once

#include <string_view>

#include "protocols/mail/header.h"
#include "sim/scenario/expectation.h"
#include "sim/world/expectations/comparison.h"

namespace mailcosm::sim::expectations {

class MessageView {
 public:
  // The content must outlive the view.
  explicit MessageView(std::string_view content);

  // subject, from, to, message_id, body, content, size, header, header_count; unknown for all
  // others.
  Property property(const scenario::Check& check) const;
  std::string message_id() const;
  // Whether the content is `composed` with nothing but trace fields in front.
  bool is_as_written(std::string_view composed) const;

 private:
  Property addresses(std::string_view field) const;
  std::string body() const;

  std::string_view content_;
  mail::Header header_;
};

// With LF for each CRLF.
std::string with_line_feeds(std::string_view text);

}  // namespace mailcosm::sim::expectations
