// MessageWriter: composes a message field by field, then its body (RFC 5322, RFC 2045).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/mail/address.h"

namespace mailcosm::mail {

// Name and address for an address field.
struct NamedAddress {
  std::string name;  // UTF-8, may be empty
  Address address;
};

// Fields first, in the order wanted, then one body; take() gives the whole. Lines end with CRLF.
class MessageWriter {
 public:
  // A structured or ASCII value, folded as append_field() says.
  MessageWriter& field(std::string_view name, std::string_view value);
  // UTF-8 text for an unstructured field; encoded words where needed (RFC 2047 section 5).
  MessageWriter& text_field(std::string_view name, std::string_view utf8);
  MessageWriter& addresses(std::string_view name, std::span<const NamedAddress> addresses);
  MessageWriter& date(WallTime wall_time, int zone_minutes = 0);

  // Ends the header and appends the octets as they are.
  MessageWriter& raw_body(std::string_view body);
  // Adds MIME-Version, Content-Type text/plain and Content-Transfer-Encoding, and the text with its
  // line ends made CRLF: us-ascii or utf-8; 7bit if every line fits in 998 octets, else
  // quoted-printable.
  MessageWriter& text_body(std::string_view utf8);

  std::string take() { return std::move(output_); }

 private:
  std::string output_;
};

// Every line end (CRLF, bare LF, bare CR) as CRLF; a last line without one gets it.
std::string with_crlf(std::string_view text);

}  // namespace mailcosm::mail
