// DnsConnection: a server's end of one TCP connection that carries DNS messages (RFC 7766).
//
// Queries may be pipelined and answered in any order. After the client has closed its direction the
// connection lives until all answers are sent; an idle one is closed, and so is one whose client
// does not read.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "protocols/dns/framing.h"
#include "sim/agents/common/transcript.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class DnsConnectionOwner {
 public:
  // Must call answer() or drop() of the connection for it, now or later.
  virtual void on_query(std::uint64_t connection, std::string_view bytes) = 0;
  // It is over: to be destroyed, which may happen in the call.
  virtual void on_over(std::uint64_t connection) = 0;

 protected:
  ~DnsConnectionOwner() = default;
};

class DnsConnection final : StreamHandler, TimerHandler {
 public:
  static constexpr std::size_t kQueuedMax = 256 * 1024;  // octets that a client may leave unread
  static constexpr int kOpenMax = 100;  // queries without answer; beyond it the rest must wait

  DnsConnection(Runtime& runtime, std::unique_ptr<Stream> stream, DnsConnectionOwner& owner,
                std::uint64_t number, Duration idle_max);

  void answer(std::string_view message);
  // There is no answer to a query.
  void drop();

  const Endpoint& remote() const { return remote_; }
  ConnectionId id() const { return transcript_.connection(); }

 private:
  void on_received(std::string_view bytes) override;
  void on_end() override;
  void on_closed(StreamError error) override;
  void on_timer(std::uint64_t tag) override;
  // Hands over what is buffered, then closes if the client has and all is answered.
  void take_messages();
  void end(std::string_view reason);

  std::unique_ptr<Stream> stream_;
  DnsConnectionOwner& owner_;
  std::uint64_t number_;
  Duration idle_max_;
  Endpoint remote_;
  Transcript transcript_;
  Timer timer_;
  dns::StreamFramer framer_;
  std::string framed_;
  int open_ = 0;
  bool taking_ = false;
  bool ended_ = false;    // by the client
  bool closing_ = false;  // by this side
};

}  // namespace mailcosm::sim
