// Value: one argument of IMAP data as a tree: atom, number, string, NIL or a parenthesised list
// (RFC 3501 section 4).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.h"

namespace mailcosm::imap {

struct Value {
  enum class Kind : std::uint8_t { kNil, kAtom, kString, kList };
  Kind kind = Kind::kNil;
  std::string text;           // of an atom as written; of a string without quoting
  std::vector<Value> values;  // of a list

  bool is_nil() const { return kind == Kind::kNil; }
  bool is_list() const { return kind == Kind::kList; }
  friend bool operator==(const Value&, const Value&) = default;
};

struct ValueLimits {
  std::size_t depth_max = 128;
  std::size_t values_max = 100'000;
};

// One value and nothing after it; literals stand in the text as `{n}` CRLF and n octets. For the
// envelope and body structure that a client has been sent.
Result<Value> parse_value(std::string_view text, const ValueLimits& limits = {});

}  // namespace mailcosm::imap
