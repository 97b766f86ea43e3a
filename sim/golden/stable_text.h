// StableText: texts without what follows from a time or a random draw, so that they can be compared
// between runs in which only those moved.
//
//   <20260105090000.8326b1d679f105df@red.com>    <message 1 of alice-laptop.red.com>
//   Queued as 00000178C0                         Queued as {mail.red.com 1}
//   Mon, 5 Jan 2026 09:00:00 +0000               {date}        (also 05-Jan-2026 of IMAP)
//   8326b1d679f105df                             {random}      (16 hexadecimal digits: boundaries)
//   1767603600 (UIDVALIDITY, POP3 unique-ids)    {time}        (within ten years of the epoch)
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

class StableText {
 public:
  explicit StableText(WallTime epoch);

  // A Message-ID with its angle brackets; the first host it is seen at names it. True the first
  // time.
  bool learn_message(std::string_view message, std::string_view host);
  void learn_queue_id(std::string_view queue_id, std::string_view host);

  std::string of(std::string_view text) const;

 private:
  static constexpr std::size_t kNamesMax = 100'000;  // further ones stay as they are

  void append_word(std::string_view word, std::string& result) const;

  std::int64_t epoch_seconds_;
  std::unordered_map<std::string, std::string> messages_;   // for look-up only
  std::unordered_map<std::string, std::string> queue_ids_;  // for look-up only
  std::map<std::string, std::uint64_t, std::less<>> counts_;
};

// Octets of a date at the front of the text, as in the Date field or in IMAP; 0 if there is none.
std::size_t date_at_front(std::string_view text);

}  // namespace mailcosm::sim
