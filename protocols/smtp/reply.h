// Reply and EnhancedStatus: what a server says to a command, as a value for both sides.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailcosm::smtp {

// RFC 3463: class.subject.detail. All zero: none.
struct EnhancedStatus {
  std::uint8_t status_class = 0;  // 2, 4 or 5
  std::uint16_t subject = 0;      // at most 999
  std::uint16_t detail = 0;       // at most 999

  constexpr bool is_none() const { return status_class == 0; }
  std::string to_string() const;
  // Takes "c.s.d" and the space behind it off the front of `text`; none, and nothing taken, if it
  // does not start so or its class is not `status_class` (RFC 2034 section 4: the class agrees with
  // the first digit of the reply code).
  static EnhancedStatus take(std::string_view& text, std::uint8_t status_class);

  friend constexpr bool operator==(const EnhancedStatus&, const EnhancedStatus&) = default;
};

// RFC 5321 section 4.2. The text is a view: of a literal or of the caller when a server answers, of
// the session's buffer (until the next receive) when a client reports. Its lines are separated by
// LF and carry neither code nor status.
struct Reply {
  std::uint16_t code = 0;  // 200 to 599; 0: no reply at all
  EnhancedStatus status;
  std::string_view text;

  constexpr bool positive() const { return code >= 200 && code < 400; }
  constexpr bool transient() const { return code >= 400 && code < 500; }
  constexpr bool permanent() const { return code >= 500; }
  // "550 5.1.1 No such user here": lines joined by a space; for traces and notifications.
  std::string to_string() const;

  friend constexpr bool operator==(const Reply&, const Reply&) = default;
};

// "Yes" to any question: code, status and text are those usual for the command asked about.
constexpr Reply accept() { return {}; }

// Appends the reply with its code on each line (RFC 5321 section 4.2.1), and the enhanced status if
// `with_status`. Octets that may not stand in reply text become '?'. Lines longer than 512 octets
// are cut.
void write_reply(const Reply& reply, bool with_status, std::string& output);

}  // namespace mailcosm::smtp
