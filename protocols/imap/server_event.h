// What a server session asks and tells its owner. Names that end in "Asked" are questions: nothing
// more is parsed before answer(). Views live until the next receive() or answer(). Mailbox names
// are UTF-8, INBOX in capitals.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/imap/message.h"
#include "protocols/imap/response_code.h"
#include "protocols/sasl/credentials.h"

namespace mailcosm::imap::server {

// Facts

// A line has come, without its CRLF.
struct LineReceived {
  std::string_view line;
};
// A literal of a command other than the message of APPEND, whole.
struct LiteralReceived {
  std::string_view bytes;
};
// More responses are ready: hand the output on, and call next() again when there is room for more.
struct OutputPaused {};
// The selected mailbox is left (CLOSE, UNSELECT, SELECT of another): its changes need no longer be
// told.
struct Deselected {};
// A piece of the message that an accepted AppendAsked announced.
struct AppendChunk {
  std::string_view bytes;
};
// The message of an accepted AppendAsked will not be completed: forget its pieces.
struct AppendAborted {};
struct Closed {
  enum class Reason : std::uint8_t {
    kLogout,         // in good order
    kPeerClosed,     // without LOGOUT
    kTimeout,        // autologout
    kTooManyErrors,  // BAD commands or refused logins
    kProtocolError,  // a limit that leaves no way to go on
    kKicked,         // by close()
  };
  Reason reason;
};
std::string_view to_string(Closed::Reason reason);

// Questions. A Verdict of kNo may answer any of them.

// Answer: Verdict.
struct LoginAsked {
  const sasl::Credentials* credentials;  // lives until answer()
  std::string_view mechanism;            // "PLAIN", "LOGIN", or empty for the command LOGIN
};
// Answer: Snapshot, or a Verdict of kNo. From the answer on the owner tells each change of this
// mailbox by arrived(), expunged() and flags_changed(), those made by this session too, until
// Deselected, SelectAsked or Closed.
struct SelectAsked {
  std::string_view mailbox;
  bool read_only;  // EXAMINE: \Recent of messages must not be used up (RFC 3501 section 6.3.2)
};
// Answer: Verdict. kAlreadyExists. Superior names are to be made as needed (RFC 3501
// section 6.3.3).
struct CreateAsked {
  std::string_view mailbox;
};
// Answer: Verdict. kNonExistent, kCannot (INBOX is refused by the engine).
struct DeleteAsked {
  std::string_view mailbox;
};
// Answer: Verdict. Inferior names move along; renaming INBOX moves its messages and leaves it empty
// (section 6.3.5).
struct RenameAsked {
  std::string_view mailbox;
  std::string_view to;
};
// Answer: Verdict.
struct SubscribeAsked {
  std::string_view mailbox;
  bool subscribe;  // false: UNSUBSCRIBE
};
// Answer: span of MailboxEntry in byte order of their names: all mailboxes of the account, or all
// subscribed names; the engine chooses.
struct ListAsked {
  bool subscribed;  // LSUB
};
// Answer: Status, or a Verdict of kNo.
struct StatusAsked {
  std::string_view mailbox;
};
// Answer: Verdict; kOk lets the message come as AppendChunks and an AppendEndAsked. kTryCreate if
// there is no such mailbox (RFC 3501 section 6.3.11).
struct AppendAsked {
  std::string_view mailbox;
  const Flags* flags;
  std::optional<WallTime> internal_date;
  std::uint64_t size;
};
// Answer: Appended, or a Verdict of kNo. The message is complete: store it.
struct AppendEndAsked {};
// Answer: Content; null if the message is gone.
struct ContentAsked {
  Uid uid;
};
// Answer: Verdict, after flags_changed() for each message that has changed. Messages that are gone
// are left out.
struct StoreAsked {
  std::span<const Uid> uids;  // ascending
  StoreMode mode;
  const Flags* flags;  // without \Recent
  bool by_fetch;       // \Seen by reading: a side effect that is no reason to wait
};
// Answer: Copied, or a Verdict of kNo (kTryCreate; then nothing has been copied, RFC 3501
// section 6.4.7). For a move, expunged() comes before the answer.
struct CopyAsked {
  std::span<const Uid> uids;  // ascending
  std::string_view mailbox;
  bool move;
};
// Answer: Verdict, after expunged() for each message. All uids were \Deleted.
struct ExpungeAsked {
  std::span<const Uid> uids;  // ascending
};

// Nothing more now.
using NeedMore = std::monostate;
using Event =
    std::variant<NeedMore, LineReceived, LiteralReceived, OutputPaused, Deselected, AppendChunk,
                 AppendAborted, Closed, LoginAsked, SelectAsked, CreateAsked, DeleteAsked,
                 RenameAsked, SubscribeAsked, ListAsked, StatusAsked, AppendAsked, AppendEndAsked,
                 ContentAsked, StoreAsked, CopyAsked, ExpungeAsked>;

// Answers

struct Verdict {
  Condition condition = Condition::kOk;  // kOk or kNo
  ResponseCode code = ResponseCode::kNone;
  std::string_view text;  // shown to people; empty: the engine's own words

  static Verdict ok() { return {}; }
  static Verdict no(ResponseCode code, std::string_view text) {
    return {Condition::kNo, code, text};
  }
};

struct Snapshot {
  std::uint32_t uid_validity = 1;
  Uid uid_next = 1;
  bool read_only = false;             // though SELECT was said
  std::vector<MessageInfo> messages;  // ascending UIDs
};

struct Status {
  std::uint32_t messages = 0;
  std::uint32_t recent = 0;
  Uid uid_next = 1;
  std::uint32_t uid_validity = 1;
  std::uint32_t unseen = 0;
};

struct MailboxEntry {
  std::string name;         // UTF-8
  bool selectable = true;   // else \Noselect
  std::string special_use;  // `\Sent` and so on (RFC 6154 section 2), or empty
};

struct Appended {
  std::uint32_t uid_validity = 1;
  Uid uid = 0;
};

struct Copied {
  std::uint32_t uid_validity = 1;    // of the target
  std::span<const Uid> source_uids;  // what was copied; those that were gone are missing
  std::span<const Uid> target_uids;  // in the same order
};

}  // namespace mailcosm::imap::server
