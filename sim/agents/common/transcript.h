// Transcript: writes one session's dialogue into the trace, the same way for every protocol.
//
// Emits session.opened, line.sent, line.received, data.sent, data.received and session.closed. A
// received line becomes the current cause of what the agent does next, so that replies and
// deliveries point at the command they answer.
#pragma once

#include <string>
#include <string_view>

#include "sim/host/runtime.h"

namespace mailcosm::sim {

class Transcript {
 public:
  enum class Side : std::uint8_t { kClient, kServer };

  // `protocol` is one of submission, smtp, lmtp, pop3, imap, dns-tcp, and must be a literal: it is
  // not copied.
  Transcript(Runtime& runtime, std::string_view protocol, Side side)
      : runtime_(&runtime), protocol_(protocol), side_(side) {}

  // Once the stream is connected. `peer` is the host name of the other side as far as known.
  void opened(const Stream& stream, std::string_view peer);
  // Of the other side nothing but the address is known.
  void opened(const Stream& stream);
  void closed(std::string_view reason);

  // Engine output: each CRLF-terminated line becomes a record; an unfinished rest is kept for the
  // next call.
  void sent(std::string_view bytes);
  // One line without its CRLF.
  void received_line(std::string_view line);
  // Message content or a literal; it is not cut into lines.
  void sent_data(std::string_view what, std::string_view bytes);
  void received_data(std::string_view what, std::string_view bytes);
  void sent_data(std::string_view what, const Content& content);
  void received_data(std::string_view what, const Content& content);

  // Message-ID that further records of this session carry; empty for none.
  void set_message(std::string_view message_id) { message_ = message_id; }
  ConnectionId connection() const { return connection_; }
  Subject subject() const { return {connection_, message_}; }

 private:
  Runtime* runtime_;
  std::string_view protocol_;
  Side side_;
  ConnectionId connection_;
  std::string message_;
  std::string unfinished_;
};

}  // namespace mailcosm::sim
