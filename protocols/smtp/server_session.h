// ServerSession: the server's side of one SMTP, submission or LMTP conversation.
//
// Usage: construct when the connection is accepted; call next() until NeedMore; feed receive();
// answer each question with answer(), at once or at a later time, and call next() again; arm a
// timer for deadline() and call expire() then. What next() and answer() append to `output` goes to
// the peer, in that order. After Closed: send the output and close the stream. Views in events live
// until the next receive().
//
// Policy is the owner's: the engine checks order, syntax, limits and line discipline, and asks
// about everything else. What a message has needed of buffers is given back at its end. `config`
// must outlive the session.
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

  // Takes bytes of the peer. Makes all views of earlier events invalid. REQUIRES: next() has given
  // NeedMore since the last receive().
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
    kExpn,
  };
  // In the functions below, NeedMore means: no event, go on with the next line.

  // server_session.cc: the loop
  ServerEvent next_line(std::string& output);
  ServerEvent refuse_long_line(std::string& output);
  ServerEvent dispatch(std::string_view line, std::string& output);
  ServerEvent handle(Command command, std::string_view arguments, std::string& output);
  bool implements(Command command) const;
  std::size_t line_length_max() const;
  void await_client();
  // server_answer.cc: questions, replies, the end
  ServerEvent ask(Question question, ServerEvent event);
  void answer_connect(const Reply& given, std::string& output);
  void write(const Reply& given, const Reply& usual, std::string& output);
  ServerEvent refuse(const Reply& reply, std::string& output);
  bool count_error(std::string& output);
  ServerEvent close(CloseReason reason);
  void shut(CloseReason reason);
  ServerEvent next_closing();
  void end_transaction();
  // server_helo.cc
  ServerEvent helo(Command command, std::string_view arguments);
  void answer_helo(const Reply& given, std::string& output);
  ExtensionSet offered() const;
  // server_mail.cc and server_rcpt.cc
  ServerEvent mail(std::string_view arguments, std::string& output);
  void answer_mail(const Reply& given, std::string& output);
  ServerEvent refuse_path(PathError error, PathKind kind, std::string& output);
  ServerEvent refuse_parameters(ParameterError error, std::string& output);
  ServerEvent rcpt(std::string_view arguments, std::string& output);
  void answer_rcpt(const Reply& given, std::string& output);
  // server_data.cc
  ServerEvent data(std::string_view arguments, std::string& output);
  ServerEvent next_data(std::string& output);
  bool within_limits() const;
  ServerEvent end_data(std::string& output);
  ServerEvent refuse_message(std::string& output);
  void answer_message(const Reply& given, std::string& output);
  // server_auth.cc
  ServerEvent auth(std::string_view arguments, std::string& output);
  ServerEvent auth_line(std::string_view line, std::string& output);
  ServerEvent auth_response(std::string_view text, bool initial, std::string& output);
  ServerEvent auth_step(sasl::Server::Step step, std::string_view challenge, std::string& output);
  void answer_auth(const Reply& given, std::string& output);
  // server_other.cc: RSET, VRFY, EXPN, HELP, NOOP, QUIT
  ServerEvent rset(std::string_view arguments, std::string& output);
  ServerEvent vrfy(Command command, std::string_view arguments, std::string& output);
  ServerEvent help(std::string& output);
  ServerEvent quit(std::string_view arguments, std::string& output);

  const ServerConfig* config_;
  LineBuffer buffer_;
  std::string_view line_;  // taken and reported, not yet handled
  std::optional<sasl::Server> sasl_;
  Instant now_;
  Instant deadline_;
  DataDecoder decoder_;
  std::size_t recipients_ = 0;
  std::size_t rejected_recipients_ = 0;
  std::size_t replies_due_ = 0;  // to the open message question
  std::size_t errors_ = 0;

  State state_ = State::kStart;
  Question question_ = Question::kNone;
  Command helo_command_ = Command::kHelo;  // the one asked about
  std::optional<CloseReason> closing_;
  bool extended_ = false;
  bool authenticated_ = false;
  bool refused_ = false;           // the greeting was 554: only QUIT is left (RFC 5321 section 3.1)
  bool line_reported_ = false;     // line_ waits to be handled
  bool transaction_open_ = false;  // the owner has accepted MAIL and heard of no end
  bool reset_due_ = false;
  bool input_ended_ = false;
  bool input_overflowed_ = false;
  bool expired_ = false;
};

}  // namespace mailcosm::smtp
