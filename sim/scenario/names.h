// Names as scenarios write them: labels, domain names, mail addresses. ASCII only.
#pragma once

#include <string>
#include <string_view>

namespace mailcosm::sim::scenario {

// Letters, digits and inner hyphens, at most 63 octets (RFC 1035 section 2.3.1, RFC 1123
// section 2.1).
bool is_label(std::string_view text);
// Labels with dots between, without a final dot, at most 253 octets, at least one label.
bool is_domain(std::string_view text);
// A domain name as a zone may have it: also "." and labels with underscores or a leading "*".
bool is_zone_name(std::string_view text);
// dot-string of RFC 5321 section 4.1.2, at most 64 octets.
bool is_local_part(std::string_view text);
// local part, @, domain.
bool is_mail_address(std::string_view text);

// With the domain in lower case. REQUIRES: is_mail_address(text).
std::string fold_address(std::string_view text);
std::string_view local_part_of(std::string_view address);
std::string_view domain_of(std::string_view address);
// Equal to `domain` or below it. "." contains everything.
bool is_within(std::string_view name, std::string_view domain);
// Without its first label; "." for a single label.
std::string_view parent_of(std::string_view name);

}  // namespace mailcosm::sim::scenario
