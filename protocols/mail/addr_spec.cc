// addr-spec of RFC 5322 section 3.4.1:
//   addr-spec      = local-part "@" domain
//   local-part     = dot-atom / quoted-string / obs-local-part
//   domain         = dot-atom / domain-literal / obs-domain
//   obs-local-part = word *("." word)
//   obs-domain     = atom *("." atom)
// where word = atom / quoted-string and each atom and quoted-string may have CFWS around it;
// dot-atom is a case of the obsolete forms.
#include "protocols/mail/address.h"
#include "protocols/mail/scanner.h"

namespace mailcosm::mail {
namespace {

constexpr const char* kBadComment =
    "comment is not closed or has a character that may not be there";

const char* parse_local_part(Scanner& scanner, std::string& output) {
  for (;;) {
    if (!scanner.skip_cfws()) return kBadComment;
    if (scanner.next_is('"')) {
      if (!scanner.quoted_string(output)) return "bad quoted string";
    } else {
      std::string_view atom = scanner.atom();
      if (atom.empty()) return "local-part is missing or incomplete";
      output += atom;
    }
    if (!scanner.skip_cfws()) return kBadComment;
    if (!scanner.take('.')) return nullptr;
    output.push_back('.');
  }
}

const char* parse_domain(Scanner& scanner, std::string& output) {
  if (!scanner.skip_cfws()) return kBadComment;
  if (scanner.next_is('[')) {
    if (!scanner.domain_literal(output)) return "bad domain literal";
    return scanner.skip_cfws() ? nullptr : kBadComment;
  }
  for (;;) {
    if (!scanner.skip_cfws()) return kBadComment;
    std::string_view atom = scanner.atom();
    if (atom.empty()) return "domain is missing or incomplete";
    if (atom.front() == '-' || atom.back() == '-') return "a label starts or ends with a hyphen";
    output += atom;
    if (!scanner.skip_cfws()) return kBadComment;
    if (!scanner.take('.')) return nullptr;
    output.push_back('.');
  }
}

}  // namespace

Result<Address> parse_addr_spec(std::string_view text, bool utf8) {
  Scanner scanner(text, utf8);
  Address address;
  if (const char* what = parse_local_part(scanner, address.local_part))
    return Error{what, scanner.offset()};
  if (!scanner.take('@')) return Error{"'@' is missing", scanner.offset()};
  if (const char* what = parse_domain(scanner, address.domain))
    return Error{what, scanner.offset()};
  if (!scanner.at_end()) return Error{"text follows the address", scanner.offset()};
  return address;
}

}  // namespace mailcosm::mail
