// ServerSession: the server's side of one SMTP, submission or LMTP conversation.
//
// Usage: construct when the connection is accepted; call next() until NeedMore or a question; feed
// receive(); answer each question with answer(), now or at a later time; arm a timer for deadline()
// and call expire() then. Whatever next(), answer() append to `output` goes to the peer, in that
// order. After Closed: send the output and close the stream.
//
// Policy is the owner's: the engine checks order, syntax, limits and line discipline, and asks
// about everything else. An idle session holds no buffers. `config` must outlive the session.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/base/line_buffer.h"
#include "protocols/sasl/server.h"
#include "protocols/smtp/automaton.h"
#include "protocols/smtp/data_decoder.h"
#include "protocols/smtp/reply.h"
#include "protocols/smtp/server_config.h"
#include "protocols/smtp/server_event.h"

namespace mailcosm::smtp {

class ServerSession {
 public:
  ServerSession(const ServerConfig& config, Instant now);

  // Takes bytes of the peer. Makes all views of earlier events invalid.
  void receive(std::string_view bytes, Instant now);
  // The peer has closed its direction.
  void end_of_input(Instant now);
  ServerEvent next(std::string& output);

  // Answers the open question. Texts and status that are left out are filled in as usual for the
  // command. A reply of 421 or 521, or a refused greeting of 421, ends the session. REQUIRES: a
  // question is open.
  void answer(const Reply& reply, Instant now, std::string& output);
  bool question_open() const { return question_ != Question::kNone; }

  Instant deadline() const { return deadline_; }
  // REQUIRES: now >= deadline().
  void expire(Instant now);

  // What the session has learned; for Received fields and policy.
  State state() const { return state_; }
  bool extended() const { return extended_; }            // EHLO or LHLO was said
  bool authenticated() const { return authenticated_; }  // AUTH has succeeded
  std::size_t recipients() const { return recipients_; }
  const ServerConfig& config() const { return *config_; }

 private:
  enum class Question : std::uint8_t {
    kNone,
    kConnect,
    kHelo,
    kAuth,
    kMail,
    kRcpt,
    kMessage,
    kVrfy,
    kExpn
  };

  // server_session.cc: the loop, lines, replies
  ServerEvent next_line(std::string& output);
  ServerEvent dispatch(std::string_view line, std::string& output);
  ServerEvent handle(Command command, std::string_view arguments, std::string& output);
  ServerEvent ask(Question question, ServerEvent event);
  void reply(std::uint16_t code, EnhancedStatus status, std::string_view text, std::string& output);
  ServerEvent refuse(std::uint16_t code, EnhancedStatus status, std::string_view text,
                     std::string& output);
  ServerEvent close(CloseReason reason);
  std::size_t line_length_max() const;
  bool count_error(std::string& output);
  ServerEvent nothing() const { return NeedMore{}; }
  // server_helo.cc
  ServerEvent helo(Command command, std::string_view arguments, std::string& output);
  void answer_helo(const Reply& given, std::string& output);
  ExtensionSet offered() const;
  // server_mail.cc
  ServerEvent mail(std::string_view arguments, std::string& output);
  // server_rcpt.cc
  ServerEvent rcpt(std::string_view arguments, std::string& output);
  // server_data.cc
  ServerEvent data(std::string_view arguments, std::string& output);
  ServerEvent next_data(std::string& output);
  ServerEvent end_data(std::string& output);
  void answer_message(const Reply& given, std::string& output);
  // server_auth.cc
  ServerEvent auth(std::string_view arguments, std::string& output);
  ServerEvent auth_line(std::string_view line, std::string& output);
  ServerEvent auth_step(sasl::Server::Step step, std::string_view challenge, std::string& output);
  // server_other.cc: RSET, VRFY, EXPN, HELP, NOOP, QUIT
  ServerEvent rset(std::string_view arguments, std::string& output);
  ServerEvent vrfy(Command command, std::string_view arguments, std::string& output);
  ServerEvent help(std::string& output);
  ServerEvent quit(std::string_view arguments, std::string& output);

  void end_transaction();

  const ServerConfig* config_;
  LineBuffer buffer_;
  State state_ = State::kStart;
  Question question_ = Question::kNone;
  Command pending_command_ = Command::kNoop;  // HELO or EHLO while it is asked about
  bool extended_ = false;
  bool authenticated_ = false;
  bool input_ended_ = false;
  bool expired_ = false;
  bool line_reported_ = false;  // the line taken has been reported and waits to be handled
  bool reset_pending_ = false;  // a Reset event is due
  std::optional<CloseReason> closing_;
  std::string_view line_;
  std::size_t recipients_ = 0;
  std::size_t rejected_recipients_ = 0;
  std::size_t replies_due_ = 0;  // to the open message question
  std::size_t errors_ = 0;
  DataDecoder decoder_;
  std::optional<sasl::Server> sasl_;
  Instant now_;
  Instant deadline_;
};

}  // namespace mailcosm::smtp
