// What an IMAP client session tells its owner; all are facts. Views live until the next next() or
// receive().
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "protocols/base/instant.h"
#include "protocols/imap/automaton.h"
#include "protocols/imap/message.h"
#include "protocols/imap/response_code.h"

namespace mailcosm::imap::client {

// Names a request from its call to its Completed; counts from 1. 0 is no request.
using RequestId = std::uint32_t;

// A line has come, without its CRLF; a literal's announcement ends it.
struct LineReceived {
  std::string_view line;
};
// A literal has come, whole.
struct LiteralReceived {
  std::string_view bytes;
};
// The server's first line. Requests may be made before it comes; they wait for it.
struct Greeted {
  Condition condition;  // kOk, kPreauth or kBye
  std::string_view text;
};
// The server has told its capabilities, asked or not; see ClientSession::has_capability().
struct CapabilitiesReceived {
  std::string_view capabilities;  // separated by spaces
};

// The selected mailbox
struct Exists {
  std::uint32_t messages;
};
struct Recent {
  std::uint32_t messages;
};
// Message numbers above it go down by one.
struct Expunged {
  SequenceNumber number;
};
// One BODY[section]<origin>, RFC822, RFC822.HEADER or RFC822.TEXT of a Fetched.
struct FetchedSection {
  std::string_view section;  // between the brackets: "", "HEADER", "1.MIME"; as asked for RFC822.*:
                             // "RFC822.TEXT"
  std::optional<std::uint32_t> origin;
  std::optional<std::string_view> bytes;  // nothing for NIL
};
// Data of one message, asked for or not (flags changed elsewhere).
struct Fetched {
  SequenceNumber number;
  std::optional<Uid> uid;
  const Flags* flags;  // null if not told
  std::optional<WallTime> internal_date;
  std::optional<std::uint64_t> size;
  std::span<const FetchedSection> sections;
  std::string_view envelope;        // the parenthesised list as it came, or empty; see value.h
  std::string_view body_structure;  // of BODY or BODYSTRUCTURE, likewise
};

// LIST and LSUB
struct MailboxListed {
  std::string_view name;  // UTF-8, or as on the wire if that is no modified UTF-7
  char delimiter;         // 0 for NIL
  bool selectable;
  std::string_view attributes;  // as sent, separated by spaces
  bool subscribed;              // LSUB
};
// What was not asked for stays empty.
struct StatusReceived {
  std::string_view name;  // UTF-8
  std::optional<std::uint32_t> messages;
  std::optional<std::uint32_t> recent;
  std::optional<Uid> uid_next;
  std::optional<std::uint32_t> uid_validity;
  std::optional<std::uint32_t> unseen;
};
struct SearchReceived {
  std::span<const std::uint32_t> numbers;  // UIDs for uid_search()
};
// SELECT or EXAMINE has succeeded; precedes its Completed.
struct Selected {
  std::string_view name;
  bool read_only;
  std::uint32_t messages;
  std::uint32_t recent;
  std::uint32_t uid_validity;   // 0: not told
  Uid uid_next;                 // 0: not told
  SequenceNumber first_unseen;  // 0: none, or not told
};
// The server waits: changes of the mailbox come as they happen, until done().
struct IdleStarted {};
// COPYUID in front of the answer to MOVE (RFC 6851 section 4.3): UIDVALIDITY and UIDs in the target,
// in the order of those of the source. In the answer to COPY it is part of Completed.
struct Moved {
  std::uint32_t uid_validity;
  std::string_view source_uids;
  std::string_view target_uids;
};
// The server has something to say to the user (ALERT), or is about to close (BYE).
struct Notice {
  Condition condition;
  ResponseCode code;
  std::string_view text;
};
// The answer to a request is complete; exactly once for each request unless Closed comes first.
struct Completed {
  RequestId request;
  Command command;
  Condition condition;  // kOk, kNo, kBad
  ResponseCode code;
  std::string_view text;
  // APPENDUID and COPYUID (RFC 4315 section 3): UIDVALIDITY and UIDs in the target as a set; 0 and
  // empty if not told.
  std::uint32_t uid_validity;
  std::string_view source_uids;
  std::string_view target_uids;
};
struct Closed {
  enum class Reason : std::uint8_t {
    kLogout,         // LOGOUT was answered
    kBye,            // the server refused or ended the session
    kPeerClosed,     // without a word
    kTimeout,        // no answer in time
    kProtocolError,  // the server broke the protocol or a limit
  };
  Reason reason;
};
std::string_view to_string(Closed::Reason reason);

// Nothing more now.
using NeedMore = std::monostate;
using Event = std::variant<NeedMore, LineReceived, LiteralReceived, Greeted, CapabilitiesReceived,
                           Exists, Recent, Expunged, Fetched, MailboxListed, StatusReceived,
                           SearchReceived, Selected, IdleStarted, Moved, Notice, Completed, Closed>;

}  // namespace mailcosm::imap::client
