// MimeTree: the parts of a message by their places in its octets (RFC 2045, RFC 2046).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/mail/content_type.h"
#include "protocols/mail/header.h"
#include "protocols/mail/transfer_encoding.h"

namespace mailcosm::mail {

struct MimeLimits {
  std::size_t depth_max = 64;  // of nested multiparts and messages; deeper ones stay leaves
  std::size_t parts_max =
      10'000;  // of the whole tree; the rest of the body stays unparsed in its parent
  HeaderLimits header;
};

// Octets from `begin` on, counted from the start of the parsed text.
struct Extent {
  std::size_t begin = 0;
  std::size_t size = 0;
  std::size_t end() const { return begin + size; }
  std::string_view of(std::string_view text) const { return text.substr(begin, size); }
};

// One entity: header and body. The CRLF before a boundary belongs to the boundary (RFC 2046
// section 5.1.1).
struct Part {
  enum class Kind : std::uint8_t { kLeaf, kMultipart, kMessage };
  static constexpr std::uint32_t kNone = UINT32_MAX;

  Kind kind = Kind::kLeaf;
  std::uint32_t parent = kNone;
  // Of a multipart: its body parts. Of a message/rfc822: one, the message inside, which has a
  // header of its own.
  std::vector<std::uint32_t> children;
  Extent header_extent;            // with the empty line
  Extent body_extent;              // not decoded
  std::optional<Extent> preamble;  // of a multipart; may be an empty line
  std::optional<Extent> epilogue;  // of a multipart; not empty
  std::size_t body_lines = 0;      // CRLFs in the body, and one more for an unfinished last line
  bool closed = true;              // of a multipart: its closing boundary was found

  Header header;  // views into the parsed text
  ContentType content_type;
  TransferEncoding encoding = TransferEncoding::k7bit;
  std::optional<ContentDisposition> disposition;
};

// The tree. Its headers are views: the text must live and stay in place. Part 0 is the message
// itself. Never fails: a broken multipart is what can be read of it, and one without a boundary
// parameter is a leaf.
class MimeTree {
 public:
  static MimeTree parse(std::string_view message, const MimeLimits& limits = {});

  const std::vector<Part>& parts() const { return parts_; }
  const Part& root() const { return parts_.front(); }
  const Part& part(std::uint32_t index) const { return parts_[index]; }
  std::string_view text() const { return text_; }
  std::string_view header_of(const Part& part) const { return part.header_extent.of(text_); }
  std::string_view body_of(const Part& part) const { return part.body_extent.of(text_); }
  // The body with its transfer encoding taken away.
  std::string decoded_body_of(const Part& part) const;
  // The same as UTF-8 if the charset is known; else the decoded octets.
  std::string text_of(const Part& part) const;
  // First text/plain leaf, in order, or null: what a reader shows.
  const Part* first_text() const;

  // The part that the numbers of an IMAP section (RFC 3501 section 6.4.5) name: {} is the message,
  // {1} of a message that is no multipart is its body, and numbers go through a message/rfc822 into
  // the message inside. Null if there is none.
  const Part* find(std::span<const std::uint32_t> section) const;

 private:
  friend class MimeParser;
  std::string_view text_;
  std::vector<Part> parts_;
};

}  // namespace mailcosm::mail
