// ServerSession: the server's side of one IMAP4rev1 conversation (RFC 3501), with IDLE (RFC 2177),
// NAMESPACE (2342), CHILDREN (3348), UNSELECT (3691), UIDPLUS (4315), SASL-IR (4959), MOVE (6851),
// SPECIAL-USE names and LITERAL+ (7888).
//
// A pull engine over a mailbox it does not own. It holds the protocol and this session's view of
// the selected mailbox (sequence numbers, flags, what the client has been told); contents, and
// every decision, are asked for by events.
//
// Usage: construct when the connection is established; call next() until NeedMore, append what it
// writes to the stream, and feed receive(). After a question call answer() with what server_event.h
// names, now or later, then next() again. After OutputPaused call next() again when the stream has
// room. Whoever changes the selected mailbox, this session included, is told of by arrived(),
// expunged() and flags_changed() at any time; then call next(), which writes what the protocol
// allows at that moment: all of it in IDLE, nothing between commands. `config` must outlive the
// session.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/line_buffer.h"
#include "protocols/imap/automaton.h"
#include "protocols/imap/server_config.h"
#include "protocols/imap/server_event.h"

namespace mailcosm::imap {

class ServerSession {
 public:
  ServerSession(const ServerConfig& config, Instant now);

  // Takes bytes of the peer. Makes all views of earlier events invalid.
  void receive(std::string_view bytes, Instant now);
  // The peer has closed its direction.
  void end_of_input(Instant now);
  server::Event next(std::string& output);

  // Answers the open question; see server_event.h for which of them fits. A Verdict of kNo fits
  // all. REQUIRES: a question is open, and the answer fits it.
  void answer(const server::Verdict& verdict, Instant now, std::string& output);
  void answer(server::Snapshot snapshot, Instant now, std::string& output);
  void answer(const server::Status& status, Instant now, std::string& output);
  void answer(std::span<const server::MailboxEntry> mailboxes, Instant now, std::string& output);
  void answer(const server::Appended& appended, Instant now, std::string& output);
  void answer(const server::Copied& copied, Instant now, std::string& output);
  void answer(Content content, Instant now, std::string& output);
  bool question_open() const { return question_ != Question::kNone; }

  // What happens to the selected mailbox, whoever does it. Unknown UIDs, and UIDs not above all
  // known ones for arrived(), are ignored; so is everything while no mailbox is selected.
  void arrived(const MessageInfo& message);
  void expunged(Uid uid);
  void flags_changed(Uid uid, const Flags& flags);

  Instant deadline() const { return deadline_; }
  // REQUIRES: now >= deadline().
  void expire(Instant now);
  // Ends the session with BYE at the next next().
  void close(std::string_view reason);

  State state() const { return state_; }
  bool idling() const { return false; }

 private:
  enum class Question : std::uint8_t { kNone };

  const ServerConfig* config_;
  LineBuffer buffer_;
  State state_ = State::kNotAuthenticated;
  Question question_ = Question::kNone;
  Instant now_;
  Instant deadline_;
};

}  // namespace mailcosm::imap
