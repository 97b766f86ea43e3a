#include "protocols/dns/name.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "protocols/base/ascii.h"
#include "protocols/base/ascii_words.h"
#include "protocols/base/check.h"
#include "protocols/base/hash.h"

namespace mailcosm::dns {
namespace {

std::size_t octet(char c) { return static_cast<unsigned char>(c); }

// Where each label of a name begins, leftmost first, without the root.
struct LabelStarts {
  explicit LabelStarts(std::string_view wire) {
    for (std::size_t at = 0; wire[at] != '\0'; at += 1 + octet(wire[at])) {
      starts[count++] = static_cast<std::uint8_t>(at);
    }
  }
  std::array<std::uint8_t, kLabelsMax> starts;
  std::size_t count = 0;
};

std::string_view label_at(std::string_view wire, std::size_t at) {
  return wire.substr(at + 1, octet(wire[at]));
}

// Characters that master files give a meaning (RFC 1035 section 5.1).
bool is_special(char c) {
  return c == '.' || c == '\\' || c == '"' || c == ';' || c == '(' || c == ')' || c == '@' ||
         c == '$';
}

void append_label_text(std::string_view label, std::string& output) {
  for (char c : label) {
    if (is_special(c)) {
      output += '\\';
      output += c;
    } else if (c > 32 && c < 127) {
      output += c;
    } else {
      const std::size_t value = octet(c);
      output += '\\';
      output += static_cast<char>('0' + value / 100);
      output += static_cast<char>('0' + value / 10 % 10);
      output += static_cast<char>('0' + value % 10);
    }
  }
}

// One character of presentation form from `text` at `at`; moves `at` behind it. False for a bad
// escape.
bool take_escaped(std::string_view text, std::size_t& at, char& c) {
  c = text[at++];
  if (c != '\\') return true;
  if (at >= text.size()) return false;
  if (!ascii::is_digit(text[at])) {
    c = text[at++];
    return true;
  }
  const auto value =
      text.size() - at >= 3 ? ascii::parse_unsigned(text.substr(at, 3), 255) : std::nullopt;
  if (!value) return false;
  c = static_cast<char>(*value);
  at += 3;
  return true;
}

}  // namespace

std::size_t NameView::labels() const {
  std::size_t count = 0;
  for (std::size_t at = 0; wire_[at] != '\0'; at += 1 + octet(wire_[at])) ++count;
  return count;
}

NameView NameView::suffix(std::size_t count) const {
  std::size_t at = 0;
  for (; count > 0; --count) {
    CHECK(wire_[at] != '\0');
    at += 1 + octet(wire_[at]);
  }
  return NameView(wire_.substr(at));
}

bool NameView::is_within(NameView ancestor) const {
  if (ancestor.wire_.size() > wire_.size()) return false;
  const std::size_t skip = wire_.size() - ancestor.wire_.size();
  std::size_t at = 0;
  while (at < skip) at += 1 + octet(wire_[at]);
  return at == skip && NameView(wire_.substr(skip)) == ancestor;
}

std::size_t NameView::common_labels(NameView other) const {
  const LabelStarts mine(wire_);
  const LabelStarts theirs(other.wire_);
  const std::size_t most = std::min(mine.count, theirs.count);
  std::size_t common = 0;
  while (common < most && ascii::equal_ignoring_case(
                              label_at(wire_, mine.starts[mine.count - 1 - common]),
                              label_at(other.wire_, theirs.starts[theirs.count - 1 - common]))) {
    ++common;
  }
  return common;
}

// Differs between machines of different byte order: it decides where something is kept, never what
// happens.
std::uint64_t NameView::hash() const {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
  std::uint64_t state = wire_.size();
  std::size_t at = 0;
  const auto add = [&](std::uint64_t word) {
    state = (state ^ ascii::to_lower_word(word)) * kOdd;
    state ^= state >> 32;
  };
  for (; wire_.size() - at >= kWord; at += kWord) add(ascii::load_word(wire_.data() + at));
  std::uint64_t rest = 0;
  std::memcpy(&rest, wire_.data() + at, wire_.size() - at);
  add(rest);
  return Hash64::mix(state);
}

void NameView::append_text(std::string& output) const {
  if (is_root()) output += '.';
  for (std::size_t at = 0; wire_[at] != '\0'; at += 1 + octet(wire_[at])) {
    append_label_text(label_at(wire_, at), output);
    output += '.';
  }
}

std::string NameView::to_string() const {
  std::string text;
  append_text(text);
  return text;
}

std::string NameView::to_host() const {
  std::string text = to_string();
  if (text.size() > 1) text.pop_back();
  return text;
}

std::string NameView::to_lower_wire() const { return ascii::to_lower(wire_); }

bool operator==(NameView a, NameView b) {
  // Length octets are below 64 and so are not changed by folding.
  return a.wire_.size() == b.wire_.size() && ascii::equal_ignoring_case(a.wire_, b.wire_);
}

std::strong_ordering operator<=>(NameView a, NameView b) {
  const LabelStarts left(a.wire_);
  const LabelStarts right(b.wire_);
  const std::size_t most = std::min(left.count, right.count);
  for (std::size_t i = 1; i <= most; ++i) {
    const int order =
        ascii::compare_ignoring_case(label_at(a.wire_, left.starts[left.count - i]),
                                     label_at(b.wire_, right.starts[right.count - i]));
    if (order != 0) return order < 0 ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return left.count <=> right.count;
}

Result<Name> Name::parse(std::string_view text, NameView origin) {
  if (text.empty()) return Error{"domain name is empty", 0};
  Name name;
  if (text == ".") return name;
  std::string wire;
  std::string label;
  bool absolute = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const bool dot = text[at] == '.';
    char c = '.';
    if (!dot && !take_escaped(text, at, c)) return Error{"bad escape in domain name", start};
    if (dot) {
      ++at;
    } else {
      label += c;
      if (label.size() > kLabelOctetsMax) return Error{"label is longer than 63 octets", start};
    }
    if (!dot && at < text.size()) continue;
    if (label.empty()) return Error{"label is empty", start};
    wire += static_cast<char>(label.size());
    wire += label;
    label.clear();
    absolute = dot && at == text.size();
    if (wire.size() >= kNameOctetsMax) return Error{"domain name is longer than 255 octets", start};
  }
  wire.append(absolute ? std::string_view("\0", 1) : origin.wire());
  if (wire.size() > kNameOctetsMax)
    return Error{"domain name is longer than 255 octets", text.size()};
  name.wire_ = std::move(wire);
  return name;
}

Result<Name> Name::from_wire(std::string_view wire) {
  std::size_t at = 0;
  while (true) {
    if (at >= wire.size() || at >= kNameOctetsMax)
      return Error{"domain name is not well formed", at};
    const std::size_t length = octet(wire[at]);
    if (length > kLabelOctetsMax) return Error{"label is longer than 63 octets", at};
    at += 1 + length;
    if (length == 0) break;
  }
  if (at != wire.size()) return Error{"octets follow the domain name", at};
  Name name;
  name.wire_.assign(wire);
  return name;
}

Name Name::of(std::string_view text) { return parse(text).value(); }

void NameBuffer::assign(NameView name) {
  size_ = name.wire().size();
  std::memcpy(octets_.data(), name.wire().data(), size_);
}

bool NameBuffer::append_label(std::string_view label) {
  if (size_ + 1 + label.size() > kNameOctetsMax) return false;
  octets_[size_ - 1] = static_cast<char>(label.size());
  std::memcpy(octets_.data() + size_, label.data(), label.size());
  size_ += 1 + label.size();
  octets_[size_ - 1] = '\0';
  return true;
}

bool NameBuffer::join(NameView prefix, NameView suffix) {
  const std::size_t head = prefix.wire().size() - 1;
  if (head + suffix.wire().size() > kNameOctetsMax) {
    clear();
    return false;
  }
  std::memmove(octets_.data(), prefix.wire().data(), head);
  std::memcpy(octets_.data() + head, suffix.wire().data(), suffix.wire().size());
  size_ = head + suffix.wire().size();
  return true;
}

bool NameBuffer::replace_suffix(NameView name, std::size_t count, NameView suffix) {
  const std::size_t head = name.wire().size() - name.suffix(count).wire().size();
  if (head + suffix.wire().size() > kNameOctetsMax) {
    clear();
    return false;
  }
  std::memmove(octets_.data(), name.wire().data(), head);
  std::memcpy(octets_.data() + head, suffix.wire().data(), suffix.wire().size());
  size_ = head + suffix.wire().size();
  return true;
}

}  // namespace mailcosm::dns
