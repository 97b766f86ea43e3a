// DatagramSocket: UDP as an agent sees it.
#pragma once

#include <string_view>

#include "protocols/base/ip_address.h"

namespace mailcosm::sim {

// The owner may destroy the socket in either call.
class DatagramHandler {
 public:
  // The view lives as long as the call.
  virtual void on_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes) = 0;
  // An ICMP port or host unreachable has come back for something sent there.
  virtual void on_unreachable(const Endpoint& remote) { (void)remote; }

 protected:
  ~DatagramHandler() = default;
};

// Destroying it closes the port.
class DatagramSocket {
 public:
  static constexpr std::size_t kSizeMax = 65'507;

  virtual ~DatagramSocket() = default;
  // Copies the bytes. Nobody learns whether they arrive. REQUIRES: at most kSizeMax octets.
  // `from` chooses the source address; none lets the host choose.
  virtual void send_to(const Endpoint& remote, std::string_view bytes,
                       const IpAddress& from = {}) = 0;
  virtual std::uint16_t port() const = 0;
};

}  // namespace mailcosm::sim
