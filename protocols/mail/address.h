// Address: a mailbox name as SMTP knows it, and the parsers for the mailboxes and paths of RFC 5321
// section 4.1.2.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "protocols/base/result.h"

namespace mailcosm::mail {

// A local-part and a domain. Values, no views. The default value is the null reverse-path `<>`. A
// forward-path
// `<Postmaster>` (RFC 5321 section 4.1.1.3) has no domain.
struct Address {
  std::string local_part;  // without quoting: `a b` for "a b"@example.com; its case is significant
  std::string
      domain;  // as written; an address literal with its brackets; compared without regard to case

  bool is_null() const { return local_part.empty() && domain.empty(); }
  bool has_literal_domain() const { return !domain.empty() && domain.front() == '['; }
  // `local@domain`, with the local-part quoted if it is no dot-string; empty for the null
  // reverse-path.
  std::string to_string() const;
  // The same in angle brackets, as MAIL and RCPT want it: `<>` for the null reverse-path.
  std::string to_path() const;
  void append_to(std::string& output) const;
  void append_path_to(std::string& output) const;

  friend bool operator==(const Address& a, const Address& b);
  friend std::weak_ordering operator<=>(const Address& a, const Address& b);
};

struct AddressLimits {
  std::size_t local_part_length_max = 64;  // RFC 5321 section 4.5.3.1.1
  std::size_t domain_length_max = 255;     // RFC 5321 section 4.5.3.1.2
  std::size_t path_length_max = 256;       // RFC 5321 section 4.5.3.1.3, with the brackets
  bool utf8 = false;                       // RFC 6531: octets above 127 may stand in both halves
};

// Mailbox of RFC 5321 section 4.1.2, the whole text: no comments, no folding white space, no
// obsolete forms.
Result<Address> parse_mailbox(std::string_view text, const AddressLimits& limits = {});

// A path and how many octets of the text it took, so that the caller can go on with the parameters
// that follow.
struct ParsedPath {
  Address address;
  std::size_t length = 0;
};
// `<` [source route `:`] Mailbox `>`, or `<>`. A source route is checked and dropped (RFC 5321
// appendix C).
Result<ParsedPath> parse_reverse_path(std::string_view text, const AddressLimits& limits = {});
// The same without `<>`, and with `<Postmaster>` in any case.
Result<ParsedPath> parse_forward_path(std::string_view text, const AddressLimits& limits = {});

// Domain of RFC 5321 section 4.1.2: labels of letters, digits and inner hyphens, at most 63 octets
// each (RFC 1035 section 2.3.4), no final dot.
bool is_domain(std::string_view text, const AddressLimits& limits = {});
// `[192.0.2.1]` or `[IPv6:2001:db8::1]`. No other tag has been registered (RFC 5321 section 4.1.3).
bool is_address_literal(std::string_view text);

// addr-spec of RFC 5322 section 3.4.1, the whole text, with comments, folding white space and the
// obsolete forms of section 4.4. Quoting, comments and white space are taken away. A label of the
// domain may not start or end with a hyphen, because section 3.4.1 asks for names that RFC 1035
// knows.
Result<Address> parse_addr_spec(std::string_view text, bool utf8 = false);

}  // namespace mailcosm::mail
