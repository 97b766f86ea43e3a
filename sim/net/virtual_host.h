// VirtualHost: one computer of the virtual network, and the Runtime of the agents on it.
//
// The causes that it sets before each handler call (HostTrace::cause): bytes have the cause that
// was current when the peer called send() for the last of them; datagrams that of send_to();
// on_connected and on_accepted that of the peer's side of the handshake; on_end that of close();
// timers the cause that was current when they were armed.
//
// Power failure: crash() first, then destroy the agents, whose handles are then dead and do
// nothing; restart(), then build the agents anew. Orderly stop: destroy the agents; their streams
// are reset.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/core/simulator.h"
#include "sim/host/runtime.h"
#include "sim/host/virtual_disk.h"
#include "sim/net/tcp_stack.h"
#include "sim/net/timer_table.h"

namespace mailcosm::sim {

class Fabric;
class UdpStack;
struct Packet;

class alignas(64) VirtualHost final : public Runtime, private DiskHost {
 public:
  VirtualHost(Fabric& fabric, HostIndex index);
  ~VirtualHost() override;
  VirtualHost(const VirtualHost&) = delete;
  VirtualHost& operator=(const VirtualHost&) = delete;

  // Runtime
  Instant now() const override;
  WallTime wall_time() const override;
  Random random(std::string_view name) const override;
  std::string_view host_name() const override;
  const std::vector<IpAddress>& addresses() const override;
  std::unique_ptr<Listener> listen(const Endpoint& local, ListenHandler& handler) override;
  std::unique_ptr<Stream> connect(const Endpoint& remote, StreamHandler& handler) override;
  std::unique_ptr<DatagramSocket> bind(const Endpoint& local, DatagramHandler& handler) override;
  Disk& disk() override { return virtual_disk(); }
  ContentPool& contents() override;
  HostTrace& trace() override { return trace_; }
  TimerIndex create_timer(TimerHandler& handler, std::uint64_t tag) override;
  void arm_timer(TimerIndex timer, Instant deadline) override;
  void destroy_timer(TimerIndex timer) override;

  HostIndex index() const { return trace_.host(); }
  bool is_up() const { return up_; }
  // All connections, listeners, sockets and timers are gone without a packet; the disk loses what
  // was not synced. Packets that arrive are lost until restart(). Emits host.crashed with this
  // cause.
  void crash(RecordId cause = {});
  void restart(RecordId cause = {});

  VirtualDisk& virtual_disk();

  // TCP connections that exist, and those of which only a TIME-WAIT record is left.
  std::size_t connections() const;
  std::size_t time_waits() const;

  // The rest is for the network and its parts only.
  // A packet has come for this host, which takes it.
  void receive(Packet& packet);
  // An event that this host sent to itself.
  void handle(const Event& event);
  Fabric& fabric() { return *fabric_; }
  // Those of addresses().
  std::span<const IpAddress> own_addresses() const { return addresses_; }
  // Lets the connections that were used in this handler send. Called after each handler.
  void flush();
  bool is_dispatching() const { return dispatching_; }
  // Our first address of the same family; that address itself if it is one of ours or a loopback
  // address. None if there is none.
  IpAddress source_address_for(const IpAddress& remote) const;
  std::uint16_t next_identification() { return ++identification_; }

 private:
  void wake_disk_at(Instant when) override;
  // The stream of the name, which a restart does not repeat.
  Random stream_of(std::string_view name) const;
  TcpStack& tcp();
  UdpStack& udp();

  Fabric* fabric_;
  std::span<const IpAddress> addresses_;  // they lie in the topology, which may be in no cache
  HostTrace trace_;
  bool up_ = true;
  RecordId crashed_;  // the record of the last time it lost power
  bool dispatching_ = false;
  std::uint16_t identification_ = 0;
  std::uint32_t crashes_ = 0;
  TimerTable timers_;
  std::optional<TcpStack> tcp_;  // these three exist from their first use on
  std::unique_ptr<UdpStack> udp_;
  std::unique_ptr<VirtualDisk> disk_;
};

}  // namespace mailcosm::sim
