// Flags: the system flags and keywords of one message (RFC 3501 section 2.3.2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailcosm::imap {

enum class SystemFlag : std::uint8_t {
  kAnswered = 1,
  kFlagged = 2,
  kDeleted = 4,
  kSeen = 8,
  kDraft = 16,
  kRecent = 32,  // of a session, not of a message; no client can change it
};

inline constexpr std::size_t kKeywordsMax = 64;        // of one message or one command
inline constexpr std::size_t kKeywordLengthMax = 255;  // octets

// A value. Keywords are atoms, compared without regard to case, sorted, each once.
struct Flags {
  std::uint8_t system = 0;
  std::vector<std::string> keywords;

  Flags() = default;
  Flags(SystemFlag flag)
      : system(static_cast<std::uint8_t>(flag)) {}  // NOLINT: implicit on purpose

  bool has(SystemFlag flag) const { return (system & static_cast<std::uint8_t>(flag)) != 0; }
  void set(SystemFlag flag) {
    system = static_cast<std::uint8_t>(system | static_cast<std::uint8_t>(flag));
  }
  void clear(SystemFlag flag) {
    system = static_cast<std::uint8_t>(system & ~static_cast<std::uint8_t>(flag));
  }
  bool has_keyword(std::string_view keyword) const;
  // False, and nothing is added, beyond the limits.
  bool add_keyword(std::string_view keyword);
  void remove_keyword(std::string_view keyword);

  void add(const Flags& others);
  void remove(const Flags& others);

  // `\Seen \Flagged $Important`: separated by spaces, without parentheses.
  void append_to(std::string& output) const;
  std::string to_string() const;

  friend bool operator==(const Flags& a, const Flags& b) {
    return a.system == b.system && a.keywords == b.keywords;
  }
};

// From the form of to_string(), in any case. Nothing for an unknown `\Flag`, an invalid keyword or
// too many.
std::optional<Flags> parse_flags(std::string_view text);
// Adds one flag by its name. False for an unknown `\Flag`, an invalid keyword or too many.
bool add_flag(std::string_view name, Flags& flags);

// What STORE does with flags (RFC 3501 section 6.4.6).
enum class StoreMode : std::uint8_t { kReplace, kAdd, kRemove };
// The flags after the change; \Recent stays as it was.
Flags apply(StoreMode mode, const Flags& before, const Flags& change);

}  // namespace mailcosm::imap
