// ClientSession: the client's side of one POP3 conversation (RFC 1939, RFC 2449, RFC 5034).
//
// A pull engine. Requests are queued in order; their lines are output of next(), all at once if the
// server has announced PIPELINING in answer to capa(), else one at a time, each after the answer to
// the one before. Every request ends in exactly one closing event (see client_event.h) or in
// Closed. Order: after any other call, call next() until it gives NeedMore.
//
// A request returns false, and does nothing, when an argument cannot be said in POP3 (octets
// outside printable ASCII, or a line longer than 255 octets), or after quit(). Holds no buffer
// while idle.
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

  [[nodiscard]] bool capa();
  [[nodiscard]] bool log_in(std::string_view user, std::string_view password,
                            LoginMethod method = LoginMethod::kUserPass);
  [[nodiscard]] bool stat();
  [[nodiscard]] bool list(MessageNumber number = 0);  // 0: all messages
  [[nodiscard]] bool uidl(MessageNumber number = 0);
  [[nodiscard]] bool retr(MessageNumber number);
  [[nodiscard]] bool top(MessageNumber number, std::uint32_t lines);
  [[nodiscard]] bool dele(MessageNumber number);
  [[nodiscard]] bool noop();
  [[nodiscard]] bool rset();
  [[nodiscard]] bool quit();

  const Capabilities& capabilities() const { return capabilities_; }
  // Requests that are not yet answered.
  std::size_t pending() const { return requests_.size(); }
  bool closed() const { return phase_ == Phase::kClosed; }

 private:
  enum class Phase : std::uint8_t { kGreeting, kStatus, kListing, kContent, kClosed };
  struct Request {
    Command command;
    MessageNumber number = 0;
    std::uint32_t lines = 0;  // TOP
    std::string argument;     // USER, PASS, AUTH
  };

  LineBuffer lines_;
  std::deque<Request> requests_;
  Capabilities capabilities_;
  std::optional<sasl::Client> sasl_;
  ClientLimits limits_;
  Instant waiting_since_;
  Phase phase_ = Phase::kGreeting;
};

}  // namespace mailcosm::pop3
