#include "sim/scenario/names.h"

#include "protocols/base/ascii.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::size_t kLabelMax = 63;      // RFC 1035 section 2.3.4
constexpr std::size_t kDomainMax = 253;    // 255 octets on the wire
constexpr std::size_t kLocalPartMax = 64;  // RFC 5321 section 4.5.3.1.1

template <typename Predicate>
bool all_parts(std::string_view text, Predicate fits) {
  while (true) {
    const std::size_t dot = text.find('.');
    if (!fits(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_zone_label(std::string_view text) {
  if (text == "*") return true;
  std::string plain(text);
  for (char& c : plain) {
    if (c == '_') c = 'x';
  }
  return is_label(plain);
}

bool is_atom(std::string_view text) {
  constexpr std::string_view kSigns = "!#$%&'*+-/=?^_`{|}~";
  for (char c : text) {
    if (!ascii::is_alphanumeric(c) && kSigns.find(c) == std::string_view::npos) return false;
  }
  return !text.empty();
}

}  // namespace

bool is_label(std::string_view text) {
  if (text.empty() || text.size() > kLabelMax || text.front() == '-' || text.back() == '-')
    return false;
  for (char c : text) {
    if (!ascii::is_alphanumeric(c) && c != '-') return false;
  }
  return true;
}

bool is_domain(std::string_view text) {
  return text.size() <= kDomainMax &&
         all_parts(text, [](std::string_view label) { return is_label(label); });
}

bool is_zone_name(std::string_view text) {
  return text == "." || (text.size() <= kDomainMax && all_parts(text, is_zone_label));
}

bool is_local_part(std::string_view text) {
  return text.size() <= kLocalPartMax && all_parts(text, is_atom);
}

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  return at != std::string_view::npos && is_local_part(text.substr(0, at)) &&
         is_domain(text.substr(at + 1));
}

std::string fold_address(std::string_view text) {
  std::string folded(text);
  for (std::size_t i = folded.rfind('@'); i < folded.size(); ++i)
    folded[i] = ascii::to_lower(folded[i]);
  return folded;
}

std::string_view local_part_of(std::string_view address) {
  return address.substr(0, address.rfind('@'));
}

std::string_view domain_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

bool is_within(std::string_view name, std::string_view domain) {
  if (domain == "." || name == domain) return true;
  return name.size() > domain.size() && name.ends_with(domain) &&
         name[name.size() - domain.size() - 1] == '.';
}

std::string_view parent_of(std::string_view name) {
  const std::size_t dot = name.find('.');
  return dot == std::string_view::npos ? std::string_view(".") : name.substr(dot + 1);
}

}  // namespace mailcosm::sim::scenario
