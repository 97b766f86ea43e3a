#include "protocols/smtp/path.h"

#include "protocols/base/ascii.h"
#include "protocols/mail/address.h"

namespace mailcosm::smtp {
namespace {

// atext of RFC 5322 section 3.2.3.
bool is_atext(char c) {
  return ascii::is_alphanumeric(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

// Length of the local-part at the front of `text`, or 0.
//   Local-part = Dot-string / Quoted-string
std::size_t dot_string_length(std::string_view text) {
  std::size_t i = 0;
  bool after_dot = true;
  while (i < text.size() && (is_atext(text[i]) || text[i] == '.')) {
    const bool dot = text[i] == '.';
    if (dot && after_dot) return 0;
    after_dot = dot;
    ++i;
  }
  return after_dot ? 0 : i;
}

std::size_t quoted_string_length(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
    if (i >= text.size() || !ascii::is_printable(text[i])) return 0;
  }
  return 0;
}

std::size_t local_part_length(std::string_view text) {
  if (text.empty()) return 0;
  return text.front() == '"' ? quoted_string_length(text) : dot_string_length(text);
}

// Length of what looks like a domain or address literal at the front of `text`.
std::size_t domain_length(std::string_view text) {
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    return end == std::string_view::npos ? 0 : end + 1;
  }
  std::size_t i = 0;
  while (i < text.size() && text[i] != '>' && text[i] != ' ' && text[i] != ',' && text[i] != ':') {
    ++i;
  }
  return i;
}

// Takes "@one,@two:" off the front if it is there.
PathError take_source_route(std::string_view& text, std::size_t domain_length_max) {
  if (text.empty() || text.front() != '@') return PathError::kNone;
  while (true) {
    text.remove_prefix(1);
    const std::size_t length = domain_length(text);
    if (length > domain_length_max) return PathError::kDomainTooLong;
    if (!is_domain_or_literal(text.substr(0, length), domain_length_max)) return PathError::kSyntax;
    text.remove_prefix(length);
    if (text.starts_with(':')) {
      text.remove_prefix(1);
      return PathError::kNone;
    }
    if (!text.starts_with(",@")) return PathError::kSyntax;
    text.remove_prefix(1);
  }
}

PathError take_mailbox(std::string_view& text, PathKind kind, const ServerLimits& limits,
                       Path& path) {
  const std::string_view begin = text;
  const std::size_t local = local_part_length(text);
  if (local == 0) return PathError::kSyntax;
  if (local > limits.local_part_length_max) return PathError::kLocalPartTooLong;
  path.local_part = text.substr(0, local);
  text.remove_prefix(local);
  if (!text.starts_with('@')) {
    // RFC 5321 section 4.1.1.3: "RCPT TO:<Postmaster>" has no domain, and its case does not matter.
    if (kind != PathKind::kForward || !ascii::equal_ignoring_case(path.local_part, "postmaster")) {
      return PathError::kSyntax;
    }
    path.mailbox = path.local_part;
    return PathError::kNone;
  }
  text.remove_prefix(1);
  const std::size_t domain = domain_length(text);
  if (domain > limits.domain_length_max) return PathError::kDomainTooLong;
  path.domain = text.substr(0, domain);
  if (!is_domain_or_literal(path.domain, limits.domain_length_max)) return PathError::kSyntax;
  text.remove_prefix(domain);
  path.mailbox = begin.substr(0, local + 1 + domain);
  return PathError::kNone;
}

bool has_eight_bit(std::string_view text) {
  for (char c : text) {
    if (ascii::is_eight_bit(c)) return true;
  }
  return false;
}

}  // namespace

PathError take_path(std::string_view& text, PathKind kind, const ServerLimits& limits,
                    const PathLeniency& leniency, Path& path) {
  path = {};
  if (leniency.space_before) {
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  if (text.empty()) return PathError::kMissing;
  const std::size_t whole = text.size();
  const bool brackets = text.front() == '<';
  if (!brackets && !leniency.without_brackets) return PathError::kSyntax;
  if (has_eight_bit(text)) return PathError::kNotAscii;
  if (brackets) text.remove_prefix(1);

  if (brackets && kind == PathKind::kReverse && text.starts_with('>')) {
    text.remove_prefix(1);
  } else {
    PathError error = take_source_route(text, limits.domain_length_max);
    if (error == PathError::kNone) error = take_mailbox(text, kind, limits, path);
    if (error != PathError::kNone) return error;
    if (brackets) {
      if (!text.starts_with('>')) return PathError::kSyntax;
      text.remove_prefix(1);
    }
  }
  if (whole - text.size() > limits.path_length_max) return PathError::kPathTooLong;
  return text.empty() || text.front() == ' ' ? PathError::kNone : PathError::kSyntax;
}

bool is_domain_or_literal(std::string_view text, std::size_t length_max) {
  if (text.empty() || text.size() > length_max) return false;
  if (text.front() == '[') return mail::is_address_literal(text);
  mail::AddressLimits limits;
  limits.domain_length_max = length_max;
  return mail::is_domain(text, limits);
}

}  // namespace mailcosm::smtp
