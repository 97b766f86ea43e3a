// MessageFlags: the flags of one message (RFC 3501 section 2.3.2), as bits.
//
// System flags have fixed bits. Keywords are names that a mailbox numbers as they come
// (Mailbox::keywords()), so the keyword bits of two mailboxes do not compare. \Recent is no flag of
// the message but of a session: see Mailbox::recent_from().
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mailcosm::sim {

struct MessageFlags {
  static constexpr std::uint8_t kSeen = 1;
  static constexpr std::uint8_t kAnswered = 2;
  static constexpr std::uint8_t kFlagged = 4;
  static constexpr std::uint8_t kDeleted = 8;
  static constexpr std::uint8_t kDraft = 16;
  static constexpr std::size_t kKeywordsMax = 64;

  std::uint8_t system = 0;
  std::uint64_t keywords = 0;

  bool has(std::uint8_t flag) const { return (system & flag) != 0; }
  friend bool operator==(const MessageFlags&, const MessageFlags&) = default;
};

// "\Answered \Flagged \Deleted \Seen \Draft" as far as set, then the keywords in order of their
// bits; separated by spaces.
std::string to_string(const MessageFlags& flags, std::span<const std::string> keywords);
// The bit of a system flag written with its backslash, without regard to case; 0 if there is none
// of that name.
std::uint8_t system_flag_of(std::string_view name);

}  // namespace mailcosm::sim
