// What a POP3 server session tells its owner. Views live until the next receive(), and those of
// ContentSent until the content's owner lets go of the bytes it handed over.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "protocols/pop3/maildrop.h"
#include "protocols/pop3/response.h"

namespace mailcosm::pop3::server {

// ---- Facts ----

// A line has come, without its CRLF. A line that was too long is reported empty.
struct LineReceived {
  std::string_view line;
};
// More output is ready: a long listing is written in pieces, so that a slow peer need not be
// buffered for.
struct MoreOutput {};
// All that this call of next() has appended is `bytes`, byte-stuffed: a piece of message content.
struct ContentSent {
  MessageNumber number;
  std::string_view bytes;
};
// The session is over; the owner closes the connection (after flushing output) and releases the
// maildrop.
struct Closed {
  enum class Reason : std::uint8_t {
    kQuit,        // in order
    kAutologout,  // idle for too long: nothing was removed, nothing was said
    kPeerClosed,  // the peer closed without QUIT: nothing was removed
    kTooManyErrors,
    kInputLimit,  // pipelined more than may wait
  };
  Reason reason;
};
std::string_view to_string(Closed::Reason reason);

// ---- Questions: each must be answered before anything more happens ----

// Are these credentials good? Answer with LoginAnswer.
struct LoginAsked {
  std::string_view user;
  std::string_view password;
};
// The login was accepted. Lock this user's maildrop for this session alone and list it: answer with
// Maildrop, or with MaildropRefusal (and without holding the lock).
struct MaildropAsked {
  std::string_view user;
};
// Hand over content of message `number` from `offset` on, as much as is convenient (16 KiB is a
// good piece): answer with ContentAnswer. Asked again for what follows; an owner whose peer reads
// slowly just answers later.
struct ContentAsked {
  MessageNumber number;
  std::uint64_t offset;
};
// QUIT: remove these messages for good, and only these: answer with RemovalAnswer. In ascending
// order, never empty.
struct RemoveAsked {
  std::span<const MessageNumber> numbers;
};

// Nothing more now: receive, or answer, first.
using NeedMore = std::monostate;
using Event = std::variant<NeedMore, LineReceived, MoreOutput, ContentSent, Closed, LoginAsked,
                           MaildropAsked, ContentAsked, RemoveAsked>;

// ---- Answers ----

// kNone accepts; kAuth refuses the credentials; kLoginDelay, kSysTemp and kSysPerm say why there is
// no answer.
struct LoginAnswer {
  ResponseCode refusal = ResponseCode::kNone;
};
// kInUse, kSysTemp or kSysPerm.
struct MaildropRefusal {
  ResponseCode code = ResponseCode::kInUse;
};
// `bytes` must live until the following next() has returned ContentSent. `last`: nothing follows
// them. `available` false: the content cannot be read; possible only at offset 0, and answered with
// -ERR [SYS/PERM].
struct ContentAnswer {
  std::string_view bytes = {};
  bool last = false;
  bool available = true;
};
struct RemovalAnswer {
  bool all_removed = true;
};

}  // namespace mailcosm::pop3::server
