// What a POP3 client session tells its owner; all are facts. Views live until the next receive().
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "protocols/pop3/automaton.h"
#include "protocols/pop3/capabilities.h"
#include "protocols/pop3/maildrop.h"
#include "protocols/pop3/response.h"

namespace mailcosm::pop3::client {

// A line has come, without its CRLF. Lines of message content are not reported; the lone dot that
// ends them is.
struct LineReceived {
  std::string_view line;
};
// The server's first line. Requests may be made before it comes; they wait for it.
struct Greeted {
  Response response;
};
// The list of CAPA is complete; `ok` false: the server does not know CAPA.
struct CapabilitiesReceived {
  bool ok;
  const Capabilities* capabilities;  // valid until the next capa()
};
// USER and PASS, or AUTH, are decided.
struct LoginDecided {
  Response response;
};
// STAT (message 0), or one line of LIST: a message and its size. STAT gives the number of messages
// and the total size.
struct StatReceived {
  std::uint32_t messages;
  std::uint64_t size;
};
struct ListItem {
  MessageNumber number;
  std::uint64_t size;
};
struct UidlItem {
  MessageNumber number;
  std::string_view unique_id;
};
// A piece of the message that RETR or TOP asked for, with byte-stuffing removed.
struct ContentReceived {
  MessageNumber number;
  std::string_view bytes;
};
// The answer to a request is complete, for every request but capa(), log_in() and quit(). For a
// multi-line answer it comes after the items or the content; `response` is then of the first line
// but without its text.
struct RequestDone {
  Command command;
  MessageNumber number;  // 0 if the request had none
  Response response;
};
struct Closed {
  enum class Reason : std::uint8_t {
    kQuit,        // QUIT was answered with +OK: all that was marked has been removed
    kQuitFailed,  // QUIT was answered with -ERR: something marked as deleted was not removed
    kGreetingRefused,
    kPeerClosed,     // the server closed in the middle: nothing was removed
    kTimeout,        // the server did not answer in time
    kProtocolError,  // the server broke the protocol or a limit
  };
  Reason reason;
};
std::string_view to_string(Closed::Reason reason);

// Nothing more now.
using NeedMore = std::monostate;
using Event = std::variant<NeedMore, LineReceived, Greeted, CapabilitiesReceived, LoginDecided,
                           StatReceived, ListItem, UidlItem, ContentReceived, RequestDone, Closed>;

}  // namespace mailcosm::pop3::client
