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
    std::string text;
  };

  LineBuffer buffer_;
  std::deque<Request> requests_;
  std::string capabilities_;
  ClientLimits limits_;
  Phase phase_ = Phase::kGreeting;
  Instant deadline_;
};

}  // namespace mailcosm::imap
