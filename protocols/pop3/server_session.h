// ServerSession: the server's side of one POP3 conversation (RFC 1939, RFC 2449, RFC 3206, RFC
// 5034).
//
// A pull engine: bytes and time go in through receive() and expire(), events and output come out of
// next(), questions are resolved by answer(). Order: after any other call, call next() until it
// gives NeedMore; while a question is open it gives NeedMore and deadline() is never. What a call
// of next() appends comes before the event that it gives. The caller sends it, and may put off the
// following next() for as long as the peer does not read; a peer that does not read for the time of
// the autologout is cut off. Answers after Closed are ignored. A value: without I/O, and copyable
// whenever next() has given NeedMore. While idle it keeps the room of one input, and nothing else.
//
// Messages are removed only when QUIT is given in the TRANSACTION state. APOP is not offered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/line_buffer.h"
#include "protocols/pop3/automaton.h"
#include "protocols/pop3/content_encoder.h"
#include "protocols/pop3/maildrop.h"
#include "protocols/pop3/server_config.h"
#include "protocols/pop3/server_event.h"
#include "protocols/pop3/top_cutter.h"
#include "protocols/sasl/server.h"

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
  // The name given with USER or AUTH.
  std::string_view user() const { return user_; }

 private:
  enum class Question : std::uint8_t { kNone, kLogin, kMaildrop, kContent, kRemoval };
  // What next() has to do before it looks for another line.
  enum class Task : std::uint8_t {
    kGreet,
    kReadLine,
    kAskLogin,
    kRefuseLogin,
    kAskMaildrop,
    kAnnounceMaildrop,
    kContinueListing,
    kAskContent,
    kSendContent,
    kRefuseContent,
    kEndContent,
    kAskRemoval,
    kSayFarewell,
    kClose,
    kNothing,
  };

  // server_session.cc: the loop, questions and answers
  std::optional<server::Event> run_task(std::string& output);
  server::Event ask(Question question, server::Event event);
  server::Event take_line();
  // False if the session has been closed meanwhile. REQUIRES: the question is open, or closed.
  bool resolve(Question question, Task then, Instant now);
  void close(server::Closed::Reason reason);
  void change_state(bool ok);
  void ok(std::string_view text, std::string& output);
  void error(ResponseCode code, std::string_view text, std::string& output);
  // server_commands.cc: one line each
  void handle_line(std::string_view line, std::string& output);
  void handle_command(std::string_view argument, bool has_argument, std::string& output);
  bool check_argument(bool has_argument, std::string& output);
  void stat(std::string& output);
  void dele(std::string_view argument, std::string& output);
  void rset(std::string& output);
  void capa(std::string& output);
  void quit(std::string& output);
  void say_farewell(std::string& output);
  MessageNumber message_of(std::string_view argument, std::string& output);
  void count(std::uint64_t& messages, std::uint64_t& size) const;
  void write_totals(std::string& output) const;
  // server_login.cc: USER, PASS, AUTH
  void user(std::string_view argument, std::string& output);
  void pass(std::string_view argument);
  void auth(std::string_view argument, std::string& output);
  void sasl_response(std::string_view line, std::string& output);
  void sasl_step(sasl::Server::Step step, std::string_view challenge, std::string& output);
  void refuse_login(std::string& output);
  // server_content.cc: LIST, UIDL, RETR, TOP
  void list(std::string_view argument, bool has_argument, std::string& output);
  void write_item(MessageNumber number, std::string& output) const;
  void continue_listing(std::string& output);
  void retrieve(std::string_view argument, std::string& output);
  std::optional<server::Event> send_content(std::string& output);
  void end_content(std::string& output);

  const ServerConfig* config_;
  LineBuffer lines_;
  std::string_view line_;  // reported, not yet handled
  std::string held_line_;  // the same, if more was received in between
  std::string user_;
  std::string password_;
  std::optional<sasl::Server> sasl_;
  Maildrop maildrop_;
  std::vector<bool> deleted_;
  std::vector<MessageNumber> removing_;
  server::ContentAnswer content_;
  std::uint64_t content_offset_ = 0;
  ContentEncoder encoder_;
  TopCutter cutter_;
  Instant idle_since_;
  MessageNumber at_ = 0;  // message being listed or sent
  int errors_ = 0;
  int login_failures_ = 0;
  State state_ = State::kAuthorization;
  Command command_ = Command::kUnknown;  // being answered
  Task task_ = Task::kGreet;
  Question question_ = Question::kNone;
  ResponseCode refusal_ = ResponseCode::kNone;
  server::Closed::Reason reason_ = server::Closed::Reason::kQuit;
  bool line_reported_ = false;
  bool line_too_long_ = false;
  bool content_announced_ = false;
  bool all_removed_ = true;
  bool end_of_input_ = false;
};

}  // namespace mailcosm::pop3
