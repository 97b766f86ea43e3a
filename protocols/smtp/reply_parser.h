// ReplyParser: joins the lines of a reply (RFC 5321 section 4.2.1) and takes them apart.
//
//   Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/smtp/reply.h"

namespace mailcosm::smtp {

class ReplyParser {
 public:
  enum class Status : std::uint8_t {
    kReply,     // reply() is complete
    kNeedMore,  // the line announces another
    kInvalid,   // not a reply line, or of another code than the line before
    kTooMany,   // more lines than lines_max
  };

  // `line` without CRLF. REQUIRES for a single-line reply: the line lives as long as reply() is
  // used.
  Status add(std::string_view line, std::size_t lines_max);
  // The text is a view of the line, or of this parser for a reply of several lines, until the next
  // add().
  const Reply& reply() const { return reply_; }
  // Whether a reply has begun and is not complete.
  bool inside() const { return lines_ != 0; }

 private:
  Reply reply_;
  std::string text_;       // of a reply of several lines
  std::size_t lines_ = 0;  // taken of the reply that is not complete
};

}  // namespace mailcosm::smtp
