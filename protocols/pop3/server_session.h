// ServerSession: the server's side of one POP3 conversation (RFC 1939, RFC 2449, RFC 3206, RFC
// 5034).
//
// A pull engine: bytes and time go in through receive() and expire(), events and output come out of
// next(), questions are resolved by answer(). Order: after any other call, call next() until it
// gives NeedMore; while a question is open it gives NeedMore and deadline() is never. next()
// appends its output; the caller sends it, and may put off the following next() for as long as the
// peer does not read. Output that belongs to a ContentSent stands alone in its call.
//
// Messages are removed only when QUIT is given in the TRANSACTION state. APOP is not offered. Holds
// no buffer while idle.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/line_buffer.h"
#include "protocols/pop3/automaton.h"
#include "protocols/pop3/maildrop.h"
#include "protocols/pop3/server_config.h"
#include "protocols/pop3/server_event.h"

namespace mailcosm::pop3 {

class ServerSession {
 public:
  // The greeting is output of the first next(). `config` must outlive the session.
  ServerSession(const ServerConfig& config, Instant now);

  void receive(std::string_view bytes, Instant now);
  // The peer closed its direction. What came before is still processed.
  void end_of_input(Instant now);
  server::Event next(std::string& output);

  // REQUIRES: the question is open.
  void answer(server::LoginAnswer login, Instant now);
  void answer(Maildrop maildrop, Instant now);
  void answer(server::MaildropRefusal refusal, Instant now);
  void answer(server::ContentAnswer content, Instant now);
  void answer(server::RemovalAnswer removal, Instant now);

  // Does nothing before the deadline.
  void expire(Instant now);
  Instant deadline() const;

  State state() const { return state_; }
  // Whoever logged in; empty before.
  std::string_view user() const { return user_; }

 private:
  enum class Question : std::uint8_t { kNone, kLogin, kMaildrop, kContent, kRemove };
  // What next() has still to bring about before the next line is read.
  enum class Task : std::uint8_t {
    kNone,
    kGreeting,
    kLine,
    kAskLogin,
    kAskMaildrop,
    kList,
    kUidl,
    kAskContent,
    kSendContent,
    kAskRemove,
    kReply,
    kClose
  };

  // One line in, at most one task out. In server_commands.cc.
  void handle_line(std::string_view line, std::string& output);
  void handle_too_long(std::string& output);
  void handle_command(Command command, std::string_view argument, std::string& output);
  void handle_user(std::string_view argument, std::string& output);
  void handle_pass(std::string_view argument, std::string& output);
  void handle_auth(std::string_view argument, std::string& output);
  void handle_sasl_response(std::string_view line, std::string& output);
  void handle_capa(std::string& output);
  void handle_stat(std::string& output);
  void handle_list(Command command, std::string_view argument, std::string& output);
  void handle_content(Command command, std::string_view argument, std::string& output);
  void handle_dele(std::string_view argument, std::string& output);
  void handle_rset(std::string& output);
  void handle_quit(std::string& output);

  server::Event take_line(std::string& output);
  server::Event write_listing(std::string& output);
  server::Event send_content(std::string& output);
  server::Event run_task(std::string& output);

  void ok(std::string_view text, std::string& output);
  void error(ResponseCode code, std::string_view text, std::string& output);
  void write_totals(std::string& output) const;
  void write_item(MessageNumber number, bool unique_id, std::string& output) const;
  void close(server::Closed::Reason reason);
  // 0 with the -ERR written unless `argument` is the number of a message that is not marked as
  // deleted.
  MessageNumber message_of(std::string_view argument, std::string& output);
  void finish_response() { task_ = Task::kNone; }

  const ServerConfig* config_;
  LineBuffer lines_;
  std::string user_;
  std::string password_;
  Maildrop maildrop_;
  std::vector<bool> deleted_;
  std::vector<MessageNumber> removing_;
  Instant idle_since_;
  std::uint64_t content_offset_ = 0;
  std::uint64_t top_lines_left_ = 0;
  server::ContentAnswer content_;
  MessageNumber at_ = 0;  // message being listed or sent
  int errors_ = 0;
  int login_failures_ = 0;
  State state_ = State::kAuthorization;
  Command command_ = Command::kUnknown;  // being answered
  Task task_ = Task::kGreeting;
  Question question_ = Question::kNone;
  server::Closed::Reason reason_ = server::Closed::Reason::kQuit;
  bool end_of_input_ = false;
};

}  // namespace mailcosm::pop3
