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

  // Takes bytes of the peer. Makes all views of earlier events invalid.
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

  bool ready() const { return phase_ == Phase::kReady; }
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
    kAuthCancel,
    kReady,
    kCommands,
    kBody,
    kEmptyBody,
    kMessage,
    kRset,
    kQuit,
    kClosed
  };
  // One recipient of the running transaction.
  enum class Fate : std::uint8_t { kOpen, kAccepted, kDone };

  // client_session.cc: the loop
  ClientEvent next_line(std::string& output);
  ClientEvent handle(const Reply& reply, std::string& output);
  ClientEvent close(CloseReason reason);
  ClientEvent next_queued();
  void wait_for(Phase phase, Duration timeout);
  // client_opening.cc: greeting, EHLO, HELO, AUTH
  ClientEvent handle_greeting(const Reply& reply, std::string& output);
  ClientEvent handle_helo(const Reply& reply, std::string& output);
  ClientEvent handle_auth(const Reply& reply, std::string& output);
  void say_helo(Phase phase, std::string& output);
  void learn_extensions(std::string_view text);
  ClientEvent begin_auth(std::string& output);
  ClientEvent become_ready();
  ClientEvent refuse(Stage stage, const Reply& reply, std::string& output);
  // client_transaction.cc: MAIL, RCPT, DATA, the message and its replies
  void begin_transaction(std::string& output);
  void run_ahead(std::string& output);
  void write_command(std::size_t position, std::string& output);
  ClientEvent handle_command_reply(const Reply& reply, std::string& output);
  ClientEvent handle_message_reply(const Reply& reply);
  ClientEvent after_commands(std::string& output);
  void finish_all(Stage stage, const Reply& reply, bool local);

  const ClientConfig* config_;
  LineBuffer buffer_;
  ReplyParser parser_;
  Phase phase_ = Phase::kGreeting;
  Instant now_;
  Instant deadline_;
};

}  // namespace mailcosm::smtp
