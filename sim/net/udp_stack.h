// UdpStack: the datagram sockets of one host (RFC 768).
//
// A datagram to a port that nobody has bound is answered with an ICMP unreachable notice; so is,
// inside the host and without a packet, one for which there is no way.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "protocols/base/random.h"
#include "sim/host/datagram.h"
#include "sim/net/packet.h"

namespace mailcosm::sim {

class VirtualHost;
class UdpSocket;

class UdpStack {
 public:
  UdpStack(VirtualHost& host, const Random& random) : host_(&host), random_(random) {}
  ~UdpStack();

  std::unique_ptr<DatagramSocket> bind(const Endpoint& local, DatagramHandler& handler);
  // A UDP packet or an unreachable notice has come; the caller keeps it.
  void receive(const Packet& packet);
  void tell_notices();
  // The sockets stay as handles that do nothing.
  void crash();

 private:
  friend class UdpSocket;
  struct Notice {
    Endpoint local;
    Endpoint remote;
    RecordId cause;
  };
  // By port, then address; a socket of all addresses has none, and comes first.
  struct ByPort {
    bool operator()(const Endpoint& a, const Endpoint& b) const {
      return a.port != b.port ? a.port < b.port : a.address < b.address;
    }
  };
  using Sockets = std::map<Endpoint, UdpSocket*, ByPort>;

  UdpSocket* find(const Endpoint& local) const;
  std::uint16_t unused_port();
  bool is_taken(std::uint16_t port) const;
  void send(const Endpoint& local, const Endpoint& remote, std::string_view bytes);
  void refuse(const Packet& packet);
  void tell_unreachable(const Endpoint& local, const Endpoint& remote, RecordId cause);

  VirtualHost* host_;
  Random random_;
  Sockets sockets_;
  std::vector<Notice> notices_;
};

}  // namespace mailcosm::sim
