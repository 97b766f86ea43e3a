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
#include "protocols/imap/fetch_request.h"
#include "protocols/imap/lexer.h"
#include "protocols/imap/search_program.h"
#include "protocols/imap/selected_mailbox.h"
#include "protocols/imap/server_config.h"
#include "protocols/imap/server_event.h"
#include "protocols/imap/wire_splitter.h"
#include "protocols/sasl/server.h"

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
  bool idling() const { return phase_ == Phase::kIdle; }

 private:
  enum class Question : std::uint8_t {
    kNone,
    kLogin,
    kSelect,
    kMailbox,  // CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE
    kList,
    kStatus,
    kAppend,
    kAppendEnd,
    kContent,
    kSeen,  // FETCH sets \Seen
    kStore,
    kCopy,
    kExpunge,
  };
  // What is to be done next with the input, or with the running command.
  enum class Phase : std::uint8_t {
    kGreeting,
    kCommand,     // a line of a command is expected
    kLiteral,     // a literal of a command is being collected
    kAppend,      // the message of APPEND is passing through
    kAppendTail,  // the rest of APPEND's line
    kSkip,        // octets of a refused literal
    kSkipTail,    // the rest of a refused command's line
    kSasl,        // a response of AUTHENTICATE is expected
    kIdle,        // DONE is expected
    kFetch,
    kSearch,
    kClosed,
  };
  // Nothing: go on.
  using Step = std::optional<server::Event>;

  // server_session.cc: the loop
  Step step(std::string& output);
  Step line_step(std::string& output);
  Step handle_line(std::string& output);
  Step need_more(std::string& output);
  Step line_too_long(std::string& output);
  Step ask(Question question);
  server::Event end(std::string& output);
  void close_with(server::Closed::Reason reason, std::string_view bye);
  void rearm();
  void deselect();

  // server_literal.cc: literals of commands, and skipping what is refused
  Step literal_announced(const LiteralAnnouncement& literal, std::string& output);
  Step literal_step();
  Step skip_step(std::string& output);
  Step skip_line(std::string_view line, std::string& output);
  Step refuse_literal(const LiteralAnnouncement& literal, Condition condition, ResponseCode code,
                      std::string_view text, std::string& output);

  // server_command.cc: from the line to the command, and back to the tagged response
  bool read_head(Lexer& lexer);
  Step dispatch(std::string& output);
  Step run(Lexer& lexer, std::string& output);
  Step bad(std::string_view text, std::string& output);
  Step finish(Condition condition, ResponseCode code, std::string_view text, std::string& output);
  Step finish(const server::Verdict& verdict, std::string& output);
  Step done(std::string& output) { return finish(Condition::kOk, ResponseCode::kNone, {}, output); }
  // The same with a response code that has arguments.
  Step done_with(std::string_view code, std::string& output);
  void write_tagged(Condition condition, std::string_view code, std::string_view text,
                    std::string& output);
  void end_command();

  // server_login.cc
  void greet(std::string& output);
  Step capability(Lexer& lexer, std::string& output);
  Step login(Lexer& lexer, std::string& output);
  Step authenticate(Lexer& lexer, std::string& output);
  Step sasl_line(std::string_view line, std::string& output);
  Step sasl_step(sasl::Server::Step result, std::string_view challenge, std::string& output);
  void answer_login(const server::Verdict& verdict, std::string& output);

  // server_select.cc
  Step select(Lexer& lexer, std::string& output);
  Step close_mailbox(Lexer& lexer, std::string& output);

  // server_mailbox.cc: CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE
  Step change_mailbox(Lexer& lexer, std::string& output);
  server::Event mailbox_question() const;

  // server_list.cc: LIST, LSUB, STATUS, NAMESPACE
  Step list(Lexer& lexer, std::string& output);
  Step status(Lexer& lexer, std::string& output);
  Step name_space(Lexer& lexer, std::string& output);

  // server_append.cc
  bool read_append(Lexer& lexer);
  Step append_announced(const LiteralAnnouncement& literal, std::string& output);
  Step append_step();
  Step append_tail(std::string_view line, std::string& output);
  void answer_append(const server::Verdict& verdict, std::string& output);

  // server_fetch.cc
  Step fetch(Lexer& lexer, std::string& output);
  Step fetch_step(std::string& output);
  void write_fetch(std::uint32_t position, const Content& content, std::string& output);
  Step finish_run(std::string& output);

  // server_search.cc
  Step search(Lexer& lexer, std::string& output);
  Step search_step(std::string& output);

  // server_store.cc: STORE, COPY, MOVE, EXPUNGE
  bool read_targets(Lexer& lexer, bool& found);
  Step store(Lexer& lexer, std::string& output);
  Step copy(Lexer& lexer, std::string& output);
  Step expunge(Lexer& lexer, std::string& output);
  void answer_store(const server::Verdict& verdict, std::string& output);

  // server_idle.cc
  Step idle(Lexer& lexer, std::string& output);
  Step idle_line(std::string_view line, std::string& output);

  const ServerConfig* config_;
  LineBuffer buffer_;
  State state_ = State::kNotAuthenticated;
  Phase phase_ = Phase::kGreeting;
  Question question_ = Question::kNone;
  Question ask_due_ = Question::kNone;  // to be asked after Deselected
  bool deselected_due_ = false;
  bool line_taken_ = false;  // the last line of command_ has been reported and waits to be handled
  bool input_ended_ = false;
  std::optional<server::Closed::Reason> closing_;
  std::string bye_;
  Instant now_;
  Instant deadline_;
  std::size_t bad_commands_ = 0;
  std::size_t failed_logins_ = 0;

  // The running command: its lines and literals, and what has been read of them.
  std::string command_;
  std::size_t line_begin_ = 0;  // of the last line in command_
  std::size_t tag_size_ = 0;    // 0: no tag has been read
  Command verb_ = Command::kUnknown;
  bool by_uid_ = false;
  std::uint64_t literal_left_ = 0;
  LiteralAnnouncement literal_;  // of the message of APPEND
  Condition refusal_ = Condition::kBad;
  ResponseCode refusal_code_ = ResponseCode::kNone;
  std::string refusal_text_;
  std::string name_;  // mailbox, or reference of LIST
  std::string to_;    // second mailbox, or pattern of LIST
  Flags flags_;
  std::optional<WallTime> internal_date_;
  StoreMode store_mode_ = StoreMode::kReplace;
  bool silent_ = false;
  std::vector<std::uint8_t> status_items_;
  std::optional<sasl::Server> sasl_;
  sasl::Credentials credentials_;

  // The selected mailbox, and the messages of it that the running command is about.
  SelectedMailbox mailbox_;
  std::string selected_;  // its name when it was selected
  bool read_only_ = false;
  SequenceSet set_;
  std::vector<std::uint32_t> positions_;
  std::size_t at_ = 0;     // next of positions_
  bool missing_ = false;   // one of them is gone
  std::vector<Uid> uids_;  // of the open question
  std::vector<FetchItem> items_;
  std::vector<Flags> expected_;  // by position in positions_, for a silent STORE
  SearchProgram program_;
  std::vector<std::uint32_t> found_;
  std::size_t written_ = 0;  // since the last pause
};

}  // namespace mailcosm::imap
