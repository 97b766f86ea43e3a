#include "protocols/mail/address.h"

#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/base/ip_address.h"
#include "protocols/mail/scanner.h"

namespace mailcosm::mail {
namespace {

bool is_dot_string(std::string_view text) {
  bool after_dot = true;
  for (char c : text) {
    if (c == '.') {
      if (after_dot) return false;
      after_dot = true;
    } else if (is_atext(c) || ascii::is_eight_bit(c)) {
      after_dot = false;
    } else {
      return false;
    }
  }
  return !after_dot;
}

// IPv4-address-literal: Snum 3("." Snum), where leading zeros may stand.
bool is_ipv4_literal(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    bool last = part == 3;
    if (!last && text.find('.') == std::string_view::npos) return false;
    std::string_view number = last ? text : ascii::take_until(text, '.');
    if (number.size() > 3 || !ascii::parse_unsigned(number, 255)) return false;
  }
  return true;
}

// `::` stands for at least two groups, an IPv4 tail for two more (RFC 5321 section 4.1.3, IPv6-comp
// and IPv6v4-comp).
bool is_ipv6_literal(std::string_view text) {
  if (!IpAddress::parse(text).has_value() || text.find(':') == std::string_view::npos) return false;
  std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) return true;
  int groups = text.find('.') == std::string_view::npos ? 0 : 1;
  bool in_group = false;
  for (char c : text) {
    if (c != ':' && !in_group) ++groups;
    in_group = c != ':';
  }
  return groups <= 6;
}

// Reads the parts of section 4.1.2 from left to right; error() says what the last refusal was.
class PathParser {
 public:
  PathParser(std::string_view text, const AddressLimits& limits) : text_(text), limits_(limits) {}

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }
  std::size_t offset() const { return at_; }
  std::string_view rest() const { return text_.substr(at_); }
  void skip(std::size_t count) { at_ += count; }
  bool fail(const char* what) {
    what_ = what;
    return false;
  }
  Error error() const { return {what_, at_}; }

  bool mailbox(Address& address) {
    if (!local_part(address.local_part)) return false;
    if (!take('@')) return fail("'@' is missing");
    return domain(address.domain);
  }

  // A-d-l ":": checked and dropped.
  bool source_route() {
    std::string ignored;
    do {
      if (!take('@')) return fail("a source route needs '@' before each domain");
      ignored.clear();
      if (!domain(ignored)) return false;
    } while (take(','));
    return take(':') || fail("':' is missing after the source route");
  }

 private:
  bool local_part(std::string& output) {
    std::size_t begin = at_;
    if (next_is('"')) {
      if (!quoted_string(output)) return false;
    } else {
      while (at_ < text_.size() &&
             (is_atext(text_[at_]) || text_[at_] == '.' || is_utf8(text_[at_])))
        ++at_;
      output = text_.substr(begin, at_ - begin);
      if (output.empty()) return fail("local-part is missing");
      if (!is_dot_string(output))
        return fail("a dot stands at an end of the local-part or beside a dot");
    }
    if (at_ - begin > limits_.local_part_length_max) return fail("local-part is too long");
    return true;
  }

  // Quoted-string of section 4.1.2: printable characters and spaces only.
  bool quoted_string(std::string& output) {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') {
        ++at_;
        if (at_ >= text_.size() || !ascii::is_printable(text_[at_])) return fail("bad quoted pair");
      } else if (!ascii::is_printable(text_[at_]) && !is_utf8(text_[at_])) {
        return fail("a character may not stand in a quoted string");
      }
      output.push_back(text_[at_++]);
    }
    return take('"') || fail("quoted string is not closed");
  }

  bool domain(std::string& output) {
    std::size_t begin = at_;
    if (next_is('[')) {
      while (at_ < text_.size() && text_[at_] != ']') ++at_;
      if (!take(']')) return fail("address literal is not closed");
      output = text_.substr(begin, at_ - begin);
      if (!is_address_literal(output)) return at_ = begin, fail("bad address literal");
    } else {
      while (at_ < text_.size() && (ascii::is_alphanumeric(text_[at_]) || text_[at_] == '-' ||
                                    text_[at_] == '.' || is_utf8(text_[at_])))
        ++at_;
      output = text_.substr(begin, at_ - begin);
      if (output.empty()) return fail("domain is missing");
      if (output.size() > limits_.domain_length_max) return fail("domain is too long");
      if (!is_domain(output, limits_)) return at_ = begin, fail("bad domain");
    }
    return true;
  }

  bool is_utf8(char c) const { return limits_.utf8 && ascii::is_eight_bit(c); }

  std::string_view text_;
  const AddressLimits& limits_;
  std::size_t at_ = 0;
  const char* what_ = "";
};

Result<ParsedPath> parse_path(std::string_view text, const AddressLimits& limits, bool forward) {
  PathParser parser(text, limits);
  ParsedPath path;
  if (!parser.take('<')) return Error{"'<' is missing", 0};
  constexpr std::string_view kPostmaster = "postmaster>";
  if (!forward && parser.take('>')) {
    path.length = parser.offset();
    return path;
  }
  if (forward && ascii::starts_with_ignoring_case(parser.rest(), kPostmaster)) {
    path.address.local_part = parser.rest().substr(0, kPostmaster.size() - 1);
    path.length = 1 + kPostmaster.size();
    return path;
  }
  if (parser.next_is('@') && !parser.source_route()) return parser.error();
  if (!parser.mailbox(path.address)) return parser.error();
  if (!parser.take('>')) return Error{"'>' is missing", parser.offset()};
  if (parser.offset() > limits.path_length_max)
    return Error{"path is too long", limits.path_length_max};
  path.length = parser.offset();
  return path;
}

}  // namespace

void Address::append_to(std::string& output) const {
  if (is_null()) return;
  if (is_dot_string(local_part)) {
    output += local_part;
  } else {
    output.push_back('"');
    for (char c : local_part) {
      if (c == '"' || c == '\\') output.push_back('\\');
      output.push_back(c);
    }
    output.push_back('"');
  }
  if (domain.empty()) return;
  output.push_back('@');
  output += domain;
}

void Address::append_path_to(std::string& output) const {
  output.push_back('<');
  append_to(output);
  output.push_back('>');
}

std::string Address::to_string() const {
  std::string text;
  text.reserve(local_part.size() + 1 + domain.size());
  append_to(text);
  return text;
}

std::string Address::to_path() const {
  std::string text;
  text.reserve(local_part.size() + 3 + domain.size());
  append_path_to(text);
  return text;
}

bool operator==(const Address& a, const Address& b) {
  return ascii::equal_ignoring_case(a.domain, b.domain) && a.local_part == b.local_part;
}

std::weak_ordering operator<=>(const Address& a, const Address& b) {
  int order = ascii::compare_ignoring_case(a.domain, b.domain);
  if (order == 0) order = a.local_part.compare(b.local_part);
  return order <=> 0;
}

Result<Address> parse_mailbox(std::string_view text, const AddressLimits& limits) {
  PathParser parser(text, limits);
  Address address;
  if (!parser.mailbox(address)) return parser.error();
  if (!parser.rest().empty()) return Error{"text follows the address", parser.offset()};
  // The path around it has two octets more.
  if (text.size() + 2 > limits.path_length_max)
    return Error{"address is too long", limits.path_length_max - 2};
  return address;
}

Result<ParsedPath> parse_reverse_path(std::string_view text, const AddressLimits& limits) {
  return parse_path(text, limits, false);
}

Result<ParsedPath> parse_forward_path(std::string_view text, const AddressLimits& limits) {
  return parse_path(text, limits, true);
}

bool is_domain(std::string_view text, const AddressLimits& limits) {
  constexpr std::size_t kLabelLengthMax = 63;
  if (text.empty() || text.size() > limits.domain_length_max || text.back() == '.') return false;
  while (!text.empty()) {
    std::string_view label = ascii::take_until(text, '.');
    if (label.empty() || label.size() > kLabelLengthMax) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    for (char c : label) {
      if (!ascii::is_alphanumeric(c) && c != '-' && !(limits.utf8 && ascii::is_eight_bit(c)))
        return false;
    }
  }
  return true;
}

bool is_address_literal(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
  text = text.substr(1, text.size() - 2);
  constexpr std::string_view kTag = "IPv6:";
  if (ascii::starts_with_ignoring_case(text, kTag))
    return is_ipv6_literal(text.substr(kTag.size()));
  return is_ipv4_literal(text);
}

}  // namespace mailcosm::mail
