// TcpState: the states of a connection (RFC 9293 section 3.3.2). LISTEN belongs to listeners, not
// to connections.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailcosm::sim {

enum class TcpState : std::uint8_t {
  kClosed,
  kSynSent,
  kSynReceived,
  kEstablished,
  kFinWait1,
  kFinWait2,
  kCloseWait,
  kClosing,
  kLastAck,
  kTimeWait,
};

// As the RFC writes them: "SYN-SENT".
std::string_view to_string(TcpState state);

}  // namespace mailcosm::sim
