// ClientSession: the client's side of one IMAP4rev1 conversation (RFC 3501), with IDLE, MOVE,
// UIDPLUS, UNSELECT, SASL-IR and LITERAL- where the server has them.
//
// A pull engine. Each request gives a RequestId and ends in exactly one Completed with it, unless
// Closed comes first. Requests wait in order; those that cannot be misunderstood are pipelined (RFC
// 3501 section 5.5), the others wait for all before them. Their lines are output of next(); order:
// after any other call, call next() until it gives NeedMore. The engine asks CAPABILITY by itself
// after the greeting and after the login, unless the server tells unasked.
//
// Mailbox names are UTF-8. A request gives 0, and does nothing, if an argument cannot be said in
// IMAP (NUL, CR or LF in a string, an invalid name or set), after log_out() and after Closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/line_buffer.h"
#include "protocols/imap/client_event.h"
#include "protocols/imap/lexer.h"
#include "protocols/imap/sequence_set.h"
#include "protocols/sasl/client.h"

namespace mailcosm::imap {

struct ClientLimits {
  // Octets of one response with all its literals. A longer one is a protocol error.
  std::uint64_t response_length_max = 128 * 1024 * 1024;
  // Octets of one line without its CRLF, literals aside.
  std::size_t line_length_max = 1'000'000;
  // Longest silence while an answer is due, and in IDLE.
  Duration response_timeout = std::chrono::minutes(10);
  Duration idle_timeout = std::chrono::minutes(60);
};

class ClientSession {
 public:
  using RequestId = client::RequestId;
  enum class LoginMethod : std::uint8_t {
    kLogin,  // the command LOGIN
    kSasl,  // AUTHENTICATE with the best mechanism that both sides know; as kLogin if there is none
  };

  explicit ClientSession(Instant now, const ClientLimits& limits = {});

  void receive(std::string_view bytes, Instant now);
  void end_of_input(Instant now);
  client::Event next(std::string& output);
  Instant deadline() const { return deadline_; }
  void expire(Instant now);

  RequestId log_in(std::string_view user, std::string_view password,
                   LoginMethod method = LoginMethod::kLogin);
  RequestId noop();
  RequestId log_out();

  RequestId select(std::string_view mailbox);
  RequestId examine(std::string_view mailbox);
  RequestId create(std::string_view mailbox);
  RequestId remove(std::string_view mailbox);
  RequestId rename(std::string_view mailbox, std::string_view to);
  RequestId subscribe(std::string_view mailbox);
  RequestId unsubscribe(std::string_view mailbox);
  RequestId list(std::string_view reference, std::string_view pattern);
  RequestId lsub(std::string_view reference, std::string_view pattern);
  // `items` as in RFC 3501 section 6.3.10, separated by spaces: "MESSAGES UIDNEXT".
  RequestId status(std::string_view mailbox, std::string_view items);
  RequestId append(std::string_view mailbox, const Flags& flags,
                   std::optional<WallTime> internal_date, Content content);

  RequestId check();
  RequestId close();
  RequestId unselect();
  // `items` as in RFC 3501 section 6.4.5: "(UID FLAGS BODY.PEEK[])". Sets name UIDs in the forms
  // uid_*.
  RequestId fetch(const SequenceSet& set, std::string_view items);
  RequestId uid_fetch(const SequenceSet& set, std::string_view items);
  RequestId store(const SequenceSet& set, StoreMode mode, const Flags& flags, bool silent = false);
  RequestId uid_store(const SequenceSet& set, StoreMode mode, const Flags& flags,
                      bool silent = false);
  RequestId copy(const SequenceSet& set, std::string_view mailbox);
  RequestId uid_copy(const SequenceSet& set, std::string_view mailbox);
  // Ask has_capability("MOVE") first.
  RequestId uid_move(const SequenceSet& set, std::string_view mailbox);
  RequestId expunge();
  // Ask has_capability("UIDPLUS") first.
  RequestId uid_expunge(const SequenceSet& set);
  // `criteria` as in RFC 3501 section 6.4.4, without literals: "UNSEEN SINCE 1-Feb-2026".
  RequestId search(std::string_view criteria);
  RequestId uid_search(std::string_view criteria);

  // Ask has_capability("IDLE") first. IDLE lasts until done(), and so does its request. Another
  // request says DONE by itself.
  RequestId idle();
  void done();

  // True once the server has told it; in any case of letters.
  bool has_capability(std::string_view name) const;
  // Requests that are not yet completed, IDLE included.
  std::size_t pending() const { return requests_.size(); }
  bool idling() const { return phase_ == Phase::kIdle; }
  bool closed() const { return phase_ == Phase::kClosed; }

 private:
  enum class Phase : std::uint8_t { kGreeting, kReady, kIdle, kClosed };
  struct Request {
    RequestId id = 0;
    Command command = Command::kNoop;
    bool internal = false;   // asked by the engine; nobody is told that it is completed
    bool pipelines = false;  // may be sent before what precedes it is completed
    bool sasl_wanted = false;
    std::string text;     // without tag and final CRLF; literals behind their announcements
    Content content;      // of APPEND, after the text
    std::string mailbox;  // of SELECT and EXAMINE
    sasl::Credentials credentials;
  };

  // client_session.cc: the loop
  bool step(std::string& output);
  bool take_line();
  bool take_literal();
  void close(client::Closed::Reason reason);
  void fail() { close(client::Closed::Reason::kProtocolError); }
  void rearm();

  // client_request.cc: from a call to a request
  RequestId add(Command command, std::string text, bool pipelines);
  RequestId add_mailbox(Command command, std::string_view mailbox, bool pipelines);
  RequestId add_list(Command command, std::string_view reference, std::string_view pattern);
  RequestId add_set(Command command, bool by_uid, const SequenceSet& set, std::string_view rest);
  RequestId add_store(bool by_uid, const SequenceSet& set, StoreMode mode, const Flags& flags,
                      bool silent);
  void ask_capabilities();

  // client_send.cc: from a request to the wire
  void write_requests(std::string& output);
  bool may_send(std::size_t index) const;
  void begin(Request& request, std::string& output);
  void write_on(const Request& request, std::string& output);
  void choose_login(Request& request);

  // client_response.cc: from the wire to events
  void handle_response(std::string& output);
  bool handle_continuation(std::string_view text, std::string& output);
  bool handle_untagged(Lexer& lexer);
  bool handle_numbered(Lexer& lexer, std::uint32_t number);
  bool handle_status_response(Lexer& lexer, Condition condition);
  bool handle_tagged(Lexer& lexer);
  bool take_response_text(Lexer& lexer);
  bool take_code(Lexer& lexer);
  void handle_capabilities(std::string_view list);
  void complete(std::size_t index, Condition condition);

  // client_data.cc: mailbox and message data
  bool handle_listed(Lexer& lexer, bool subscribed);
  bool handle_status(Lexer& lexer);
  bool handle_search(Lexer& lexer);
  bool handle_fetched(Lexer& lexer, SequenceNumber number);
  bool take_fetch_item(Lexer& lexer, client::Fetched& fetched);
  bool take_fetch_section(Lexer& lexer, std::string_view section);
  bool take_name(Lexer& lexer);
  bool selecting() const;

  LineBuffer buffer_;
  ClientLimits limits_;
  Phase phase_ = Phase::kGreeting;
  bool input_ended_ = false;
  bool capabilities_known_ = false;
  Instant now_;
  Instant deadline_;
  bool sent_since_ = false;  // something was sent after the instant that deadline_ counts from

  std::deque<Request> requests_;
  std::size_t sent_ = 0;            // so many of requests_ have been begun
  std::size_t written_ = 0;         // octets of the text of the last of them
  bool writing_ = false;            // the last of them waits for a continuation request to go on
  std::size_t literal_octets_ = 0;  // of what follows in it, so many are a literal
  bool done_wanted_ = false;
  bool done_said_ = false;
  bool logging_out_ = false;
  RequestId last_id_ = 0;
  std::optional<sasl::Client> sasl_;

  std::string response_;        // the response being read: its lines and literals
  std::size_t part_begin_ = 0;  // of the last line or literal in it
  std::uint64_t literal_left_ = 0;
  bool in_literal_ = false;
  bool response_due_ = false;  // it is whole, reported, and waits to be handled
  std::vector<client::Event> due_;
  std::size_t due_at_ = 0;

  // What the last response told; events are views on it.
  std::string capabilities_;
  client::Completed told_{};  // code, text and the arguments of the code
  std::string name_;
  std::string attributes_;
  Flags flags_;
  std::vector<std::uint32_t> numbers_;
  std::vector<client::FetchedSection> sections_;
  std::deque<std::string> strings_;
  client::Selected selected_{};  // collected while SELECT or EXAMINE runs
};

}  // namespace mailcosm::imap
