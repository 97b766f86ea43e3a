// Name and NameView: domain names in wire form (RFC 1035 section 3.1), uncompressed, case
// preserved.
//
// A NameView is a view on such octets: length-prefixed labels, ending with the root's empty label,
// at most 255 octets in all and 63 a label. It is always well formed: it comes from a Name, a
// NameBuffer or from suffix(). Comparison folds ASCII case (RFC 4343). A Name owns its octets; a
// NameBuffer holds them without the heap, for parsers.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.h"

namespace mailcosm::dns {

inline constexpr std::size_t kNameOctetsMax = 255;  // RFC 1035 section 2.3.4
inline constexpr std::size_t kLabelOctetsMax = 63;  // RFC 1035 section 2.3.4
inline constexpr std::size_t kLabelsMax = 128;  // follows: 127 labels of one octet, and the root

class NameView {
 public:
  // The root.
  constexpr NameView() : wire_("\0", 1) {}
  // REQUIRES: `wire` is a well-formed uncompressed name.
  static constexpr NameView from_wire_unchecked(std::string_view wire) { return NameView(wire); }

  constexpr std::string_view wire() const { return wire_; }
  constexpr bool is_root() const { return wire_.size() == 1; }
  // Without the root's empty label: 0 for the root, 2 for blue.com.
  std::size_t labels() const;
  // The leftmost label without its length octet; empty for the root.
  std::string_view first_label() const {
    return wire_.substr(1, static_cast<unsigned char>(wire_[0]));
  }
  // Without the first `count` labels. REQUIRES: count <= labels().
  NameView suffix(std::size_t count) const;
  NameView parent() const { return suffix(1); }
  bool is_wildcard() const { return wire_.size() >= 3 && wire_[0] == 1 && wire_[1] == '*'; }

  // Equal to `ancestor` or below it.
  bool is_within(NameView ancestor) const;
  // Labels both have in common, counted from the root.
  std::size_t common_labels(NameView other) const;
  // Of the octets folded to lower case.
  std::uint64_t hash() const;

  // Presentation form (RFC 1035 section 5.1) with a final dot; special characters as \c, others as
  // \DDD.
  std::string to_string() const;
  // As people write it in mail: without the final dot ("." for the root).
  std::string to_host() const;
  void append_text(std::string& output) const;
  std::string to_lower_wire() const;

  friend bool operator==(NameView a, NameView b);
  // Canonical order (RFC 4034 section 6.1): by labels from the right, folded to lower case.
  friend std::strong_ordering operator<=>(NameView a, NameView b);

 private:
  constexpr explicit NameView(std::string_view wire) : wire_(wire) {}
  std::string_view wire_;
};

class Name {
 public:
  // The root.
  Name() : wire_(1, '\0') {}
  explicit Name(NameView view) : wire_(view.wire()) {}

  // Presentation form; escapes \c and \DDD. A text without a final dot is completed with `origin`.
  // "@" has no special meaning here. Errors: empty name, empty label, label or name too long, bad
  // escape.
  static Result<Name> parse(std::string_view text, NameView origin = {});
  // From uncompressed wire octets, all of them.
  static Result<Name> from_wire(std::string_view wire);
  // REQUIRES: the text is a well-formed name. For names written in the program.
  static Name of(std::string_view text);

  operator NameView() const { return view(); }  // NOLINT: implicit on purpose
  NameView view() const { return NameView::from_wire_unchecked(wire_); }
  std::string_view wire() const { return wire_; }

  bool is_root() const { return wire_.size() == 1; }
  std::size_t labels() const { return view().labels(); }
  Name parent() const { return Name(view().parent()); }
  bool is_within(NameView ancestor) const { return view().is_within(ancestor); }
  std::string to_string() const { return view().to_string(); }
  std::string to_host() const { return view().to_host(); }

  friend bool operator==(const Name& a, const Name& b) { return a.view() == b.view(); }
  friend std::strong_ordering operator<=>(const Name& a, const Name& b) {
    return a.view() <=> b.view();
  }

 private:
  std::string wire_;
};

// Room for one name, without the heap.
class NameBuffer {
 public:
  NameBuffer() { clear(); }
  NameView view() const { return NameView::from_wire_unchecked({octets_.data(), size_}); }

  void clear() { octets_[0] = '\0', size_ = 1; }
  void assign(NameView name);
  // Puts a label in front of the root, that is at the end. False if the name would become too long.
  // REQUIRES: 1 to 63 octets.
  bool append_label(std::string_view label);
  // `prefix` without its root, then `suffix`. False if too long: the buffer is then empty.
  bool join(NameView prefix, NameView suffix);
  // The first `count` labels of `name`, then `suffix`; as join().
  bool replace_suffix(NameView name, std::size_t count, NameView suffix);

 private:
  std::array<char, kNameOctetsMax> octets_;
  std::size_t size_ = 1;
};

// Hash and equality for look-up containers; transparent, so that a NameView finds a Name.
struct NameHash {
  using is_transparent = void;
  std::size_t operator()(NameView name) const { return static_cast<std::size_t>(name.hash()); }
};
struct NameEqual {
  using is_transparent = void;
  bool operator()(NameView a, NameView b) const { return a == b; }
};
struct NameLess {
  using is_transparent = void;
  bool operator()(NameView a, NameView b) const { return (a <=> b) < 0; }
};

}  // namespace mailcosm::dns
