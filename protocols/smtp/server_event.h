// Events of a server session. Names that end in "Asked" are questions: nothing more is parsed
// before answer(). Views live until the next receive().
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

#include "protocols/sasl/credentials.h"
#include "protocols/smtp/event.h"
#include "protocols/smtp/parameters.h"
#include "protocols/smtp/path.h"

namespace mailcosm::smtp {

// The first event of every session. accept() greets; 554 (RFC 5321 section 3.1) or 421 refuses.
struct ConnectAsked {};
// HELO, EHLO or LHLO with a well-formed argument.
struct HeloAsked {
  std::string_view domain;
  bool extended = false;  // EHLO or LHLO
};
// Credentials to verify. accept() is 235; else 535 5.7.8, or 454 4.7.0 if that cannot be found out
// now.
struct AuthAsked {
  std::string_view mechanism;
  const sasl::Credentials* credentials = nullptr;  // lives until answer()
};
struct MailAsked {
  Path reverse_path;
  MailParameters parameters;
};
struct RcptAsked {
  Path forward_path;
};
// A piece of the message, dot-stuffing removed. Concatenated, the pieces are the message with CRLF
// line ends.
struct BodyChunk {
  std::string_view bytes;
};
// The message is complete and within its limits. accept() takes responsibility for it.
// Under LMTP, answer() is called once for each accepted recipient, in their order (RFC 2033
// section 4.2).
struct MessageAsked {
  std::uint64_t size = 0;
  std::size_t recipients = 0;
};
struct VrfyAsked {
  std::string_view text;
};
struct ExpnAsked {
  std::string_view text;
};
// The transaction is over without a message: forget reverse-path, recipients and pieces. By RSET,
// HELO, EHLO, or because the message broke a limit or the line discipline. Also precedes Closed
// when a transaction was open.
struct Reset {};

using ServerEvent =
    std::variant<NeedMore, LineReceived, Closed, ConnectAsked, HeloAsked, AuthAsked, MailAsked,
                 RcptAsked, BodyChunk, MessageAsked, VrfyAsked, ExpnAsked, Reset>;

}  // namespace mailcosm::smtp
