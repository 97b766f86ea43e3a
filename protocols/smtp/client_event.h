// Events of a client session. Views live until the next call of next() or receive().
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>

#include "protocols/smtp/event.h"
#include "protocols/smtp/reply.h"

namespace mailcosm::smtp {

// What the client has said, or waits for.
enum class Stage : std::uint8_t {
  kGreeting,
  kEhlo,
  kHelo,
  kAuth,
  kMail,
  kRcpt,
  kData,
  kMessage,
  kRset,
  kQuit
};
std::string_view to_string(Stage stage);

// A whole reply has come. Fact; what it means follows as another event where it matters to the
// owner.
struct ReplyReceived {
  Stage stage = Stage::kGreeting;
  std::size_t recipient = 0;  // index, for kRcpt and, under LMTP, for kMessage
  Reply reply;
};
// The session is open: send() or quit() may be called. The first time after greeting, EHLO and
// AUTH; later after TransactionDone.
struct Ready {};
// The session cannot be opened: the greeting, HELO or AUTH was refused, or AUTH is wanted and not
// offered (code 0). The engine says QUIT by itself; Closed follows.
struct SessionRefused {
  Stage stage = Stage::kGreeting;
  Reply reply;
};
// What became of one recipient; exactly once for each recipient of an envelope, also when the
// session breaks.
struct RecipientDone {
  std::size_t recipient = 0;
  Stage stage = Stage::kRcpt;  // which reply decided it
  Reply reply;  // positive: the server has taken responsibility; code 0: no reply has come
  bool local =
      false;  // the engine refused by itself (SIZE, 8BITMIME); nothing was sent for this envelope
};
// The server waits for the message: call body() as often as needed, then end_body().
struct BodyWanted {};
// All recipients of the envelope are done. Ready or Closed follows.
struct TransactionDone {};

using ClientEvent = std::variant<NeedMore, LineReceived, Closed, ReplyReceived, Ready,
                                 SessionRefused, RecipientDone, BodyWanted, TransactionDone>;

}  // namespace mailcosm::smtp
