// ClientSession: the client's side of one POP3 conversation (RFC 1939, RFC 2449, RFC 5034).
//
// A pull engine. Requests are queued in order; their lines are output of next(), all at once if the
// server has announced PIPELINING in answer to capa(), else one at a time, each after the answer to
// the one before. Every request ends in exactly one closing event (see client_event.h) or in
// Closed. Order: after any other call, call next() until it gives NeedMore.
//
// A request returns false, and does nothing, when an argument cannot be said in POP3 (octets
// outside printable ASCII, or a line longer than 255 octets), or after quit(). A value: without
// I/O, and copyable whenever next() has given NeedMore.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/base/line_buffer.h"
#include "protocols/pop3/capabilities.h"
#include "protocols/pop3/client_event.h"
#include "protocols/pop3/content_decoder.h"
#include "protocols/pop3/response.h"
#include "protocols/sasl/client.h"

namespace mailcosm::pop3 {

struct ClientLimits {
  // Octets of a response line or of a line of a listing, without CRLF: 512 with it (RFC 1939
  // section 3, RFC 2449 section 4). A longer one is a protocol error.
  std::size_t line_length_max = 510;
  // Lines of one listing, so that no server can list for ever.
  std::uint32_t listing_lines_max = 1'000'000;
  // Octets of one message.
  std::uint64_t content_size_max = 256 * 1024 * 1024;
  // Octets received and not yet pulled.
  std::size_t input_length_max = 4 * 1024 * 1024;
  // Longest silence while an answer is due.
  Duration response_timeout = std::chrono::minutes(10);
};

class ClientSession {
 public:
  enum class LoginMethod : std::uint8_t {
    kUserPass,
    kSasl,  // AUTH with the best mechanism that both sides know; as kUserPass if there is none. Ask
            // capa() first.
  };

  explicit ClientSession(Instant now, const ClientLimits& limits = {});

  void receive(std::string_view bytes, Instant now);
  void end_of_input(Instant now);
  client::Event next(std::string& output);
  void expire(Instant now);
  Instant deadline() const;

  [[nodiscard]] bool capa(Instant now);
  [[nodiscard]] bool log_in(std::string_view user, std::string_view password, LoginMethod method,
                            Instant now);
  [[nodiscard]] bool stat(Instant now);
  [[nodiscard]] bool list(MessageNumber number, Instant now);  // 0: all messages
  [[nodiscard]] bool uidl(MessageNumber number, Instant now);  // 0: all messages
  [[nodiscard]] bool retr(MessageNumber number, Instant now);
  [[nodiscard]] bool top(MessageNumber number, std::uint32_t lines, Instant now);
  [[nodiscard]] bool dele(MessageNumber number, Instant now);
  [[nodiscard]] bool noop(Instant now);
  [[nodiscard]] bool rset(Instant now);
  [[nodiscard]] bool quit(Instant now);

  const Capabilities& capabilities() const { return capabilities_; }
  // Requests that are not yet answered.
  std::size_t pending() const { return requests_.size(); }
  bool closed() const { return phase_ == Phase::kClosed; }

 private:
  enum class Phase : std::uint8_t { kGreeting, kStatus, kListing, kContent, kClosed };
  struct Request {
    Command command = Command::kUnknown;
    MessageNumber number = 0;
    std::uint32_t lines = 0;    // TOP
    std::string argument = {};  // USER, PASS, AUTH
  };

  // client_session.cc: the loop
  client::Event next_reported(std::string& output);
  client::Event take_line();
  client::Event handle_line(std::string_view line, std::string& output);
  client::Event close(client::Closed::Reason reason);
  void wait_from(Instant now);
  // client_requests.cc: what is asked
  bool add(Request request, Instant now);
  void send_requests(std::string& output);
  void write(const Request& request, std::string& output);
  // client_answers.cc: what is answered
  client::Event handle_greeting(const Response& response);
  client::Event handle_status(const Response& response);
  client::Event handle_login(const Response& response);
  client::Event handle_challenge(std::string_view challenge, std::string& output);
  client::Event handle_single_line(const Response& response);
  client::Event begin_multi_line();
  client::Event handle_listing_line(std::string_view line);
  client::Event take_content();
  client::Event end_multi_line();
  client::Event done();
  bool parse_item(std::string_view text, client::Event& event) const;

  LineBuffer lines_;
  std::string_view line_;  // reported, not yet handled
  std::string held_line_;  // the same, if more was received in between
  std::deque<Request> requests_;
  std::size_t sent_ = 0;  // of requests_, from the front
  Capabilities capabilities_;
  std::optional<sasl::Client> sasl_;
  ContentDecoder decoder_;
  ClientLimits limits_;
  Response response_;  // of the request being answered
  std::uint64_t content_size_ = 0;
  std::uint32_t listing_lines_ = 0;
  Instant waiting_since_;
  Phase phase_ = Phase::kGreeting;
  client::Closed::Reason reason_ = client::Closed::Reason::kQuit;
  bool line_reported_ = false;
  bool done_due_ =
      false;              // the request at the front is answered, and its RequestDone still to come
  bool closing_ = false;  // Closed is to be given next
  bool quit_asked_ = false;
  bool end_of_input_ = false;
};

}  // namespace mailcosm::pop3
