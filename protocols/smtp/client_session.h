// ClientSession: the client's side of one SMTP, submission or LMTP conversation.
//
// Usage: construct when the connection is established; call next() until NeedMore; feed receive().
// At Ready call send() with an envelope or quit(); at BodyWanted call body() and end_body().
// Everything appended to an `output` goes to the peer, in that order. One connection carries any
// number of transactions. Falls back from EHLO to HELO (RFC 5321 section 3.2). With PIPELINING, two
// positions walk over the commands of a transaction: what has been sent, and what has been
// answered. `config` must outlive the session.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/line_buffer.h"
#include "protocols/sasl/client.h"
#include "protocols/smtp/client_config.h"
#include "protocols/smtp/client_event.h"
#include "protocols/smtp/data_encoder.h"
#include "protocols/smtp/envelope.h"
#include "protocols/smtp/extension.h"
#include "protocols/smtp/reply_parser.h"

namespace mailcosm::smtp {

class ClientSession {
 public:
  ClientSession(const ClientConfig& config, Instant now);

  // Takes bytes of the peer. Makes all views of earlier events invalid. REQUIRES: next() has given
  // NeedMore since the last receive().
  void receive(std::string_view bytes, Instant now);
  // The peer has closed its direction.
  void end_of_input(Instant now);
  ClientEvent next(std::string& output);

  Instant deadline() const { return deadline_; }
  // REQUIRES: now >= deadline().
  void expire(Instant now);

  // Begins a transaction. REQUIRES: ready(), at least one and at most limits.recipients_max
  // recipients.
  void send(const Envelope& envelope, Instant now);
  // A piece of the message, and its end. REQUIRES: BodyWanted was given and end_body() not called
  // since.
  void body(std::string_view piece, Instant now, std::string& output);
  void end_body(Instant now, std::string& output);
  // Ends the session in good order. REQUIRES: ready().
  void quit(Instant now);

  bool ready() const;
  bool body_wanted() const { return phase_ == Phase::kBody; }
  // Valid from the first Ready on.
  const ServerExtensions& extensions() const { return extensions_; }
  bool extended() const { return extended_; }  // EHLO or LHLO was accepted

 private:
  enum class Phase : std::uint8_t {
    kGreeting,
    kEhlo,
    kHelo,
    kAuth,
    kReady,
    kCommands,   // MAIL, RCPT and DATA are being said and answered
    kBody,       // the owner gives the message
    kEmptyBody,  // DATA was accepted though no recipient was: an empty message is answered
    kMessage,    // the message was sent; its reply, or replies, are awaited
    kRset,
    kQuit,
    kClosed,
  };
  // Why the recipients that are still open are told the same thing, one event each.
  struct Verdict {
    Stage stage = Stage::kMail;
    Reply reply;
    bool local = false;
  };

  // client_session.cc: the loop
  ClientEvent next_reported();
  ClientEvent next_reply(std::string& output);
  ClientEvent handle(const Reply& reply, std::string& output);
  ClientEvent close(CloseReason reason);
  void wait_for(Phase phase, Duration timeout);
  void become_ready();
  Stage stage() const;

  // client_opening.cc: greeting, EHLO, HELO, AUTH
  ClientEvent handle_greeting(const Reply& reply, std::string& output);
  ClientEvent handle_ehlo(const Reply& reply, std::string& output);
  ClientEvent handle_helo(const Reply& reply, std::string& output);
  ClientEvent handle_auth(const Reply& reply, std::string& output);
  ClientEvent after_helo(std::string& output);
  void begin_auth(sasl::Mechanism mechanism, std::string& output);
  ClientEvent refuse(Stage stage, const Reply& reply, std::string& output);
  void learn_extensions(std::string_view text);
  void say_helo(Phase phase, std::string& output);

  // client_transaction.cc: MAIL, RCPT, DATA, the message and its replies
  bool in_transaction() const;
  void begin_transaction(std::string& output);
  bool refuse_locally();
  bool may_send() const;
  void run_ahead(std::string& output);
  void write_command(std::size_t position, std::string& output);
  ClientEvent handle_command(const Reply& reply, std::string& output);
  ClientEvent handle_rcpt(std::size_t recipient, const Reply& reply);
  ClientEvent handle_data(const Reply& reply, std::string& output);
  ClientEvent handle_message(const Reply& reply);
  ClientEvent settle(std::size_t recipient, Stage stage, const Reply& reply);
  void conclude(Stage stage, const Reply& reply, bool local);
  void leave_transaction(std::string& output);
  void finish_transaction();
  std::size_t data_position() const { return envelope_.recipients.size() + 1; }
  std::size_t next_unsettled() const;
  std::size_t reply_recipient() const;

  const ClientConfig* config_;
  LineBuffer buffer_;
  ReplyParser parser_;
  DataEncoder encoder_;
  ServerExtensions extensions_;
  std::optional<sasl::Client> sasl_;

  Phase phase_ = Phase::kGreeting;
  bool extended_ = false;
  bool input_ended_ = false;
  bool expired_ = false;
  bool line_taken_ = false;      // a line is in the parser and waits to be understood
  bool reply_reported_ = false;  // its reply has been reported and waits to be handled
  bool ready_due_ = false;
  bool done_due_ = false;  // TransactionDone
  bool quit_due_ = false;
  bool send_due_ = false;
  ReplyParser::Status parsed_ = ReplyParser::Status::kNeedMore;
  CloseReason closing_ = CloseReason::kQuit;

  // The running transaction. Positions: 0 is MAIL, then one for each RCPT, then DATA.
  Envelope envelope_;
  std::size_t sent_ = 0;
  std::size_t answered_ = 0;
  std::size_t accepted_ = 0;
  bool mail_accepted_ = false;
  std::vector<bool> settled_;  // by recipient: RecipientDone was given
  std::optional<Verdict> verdict_;
  std::size_t verdict_at_ = 0;  // first recipient the verdict has not been told to

  Instant now_;
  Instant deadline_;
};

}  // namespace mailcosm::smtp
