// Fabric: what the hosts of one virtual network share: simulator, recorder, topology, wires, memory
// for packets.
//
// It moves packets from hop to hop and hands events to their hosts. Known to sim/net only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/simulator.h"
#include "sim/net/block_pool.h"
#include "sim/net/network_settings.h"
#include "sim/net/packet.h"
#include "sim/net/wire.h"
#include "sim/topology/topology.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

class VirtualHost;

// Meaning of Event::what. In events of a host to itself, the low half of `a` is the host.
enum class NetworkEvent : std::uint32_t {
  kArrival,   // a: packet; b: lane, and the wire's epoch above it
  kLoopback,  // a: packet
  kTimer,     // a: host, and the timer above it; b: generation
  kTcpTimer,  // a: host, and the connection above it; b: generation
  kFlush,     // a: host
  kDisk,      // a: host
  kNotices,   // a: host: failures found inside a call of an agent are told now
};

class Fabric final : public EventTarget {
 public:
  Fabric(Simulator& simulator, Recorder& recorder, Topology topology,
         const NetworkSettings& settings);

  // From one address of a host to another, inside the machine.
  static constexpr Duration kLoopbackLatency = std::chrono::microseconds(10);

  void set_host(HostIndex index, VirtualHost& host) { hosts_[index] = &host; }
  VirtualHost* host(HostIndex index) { return hosts_[index]; }
  EventSource& source(HostIndex node) { return sources_[node]; }

  void handle(const Event& event) override;

  // Sends a packet that is complete but for its size; takes it.
  void send(Packet& packet);
  // Reports the loss of a packet at a node, and takes it. `fault` is the record of what broke, if
  // something did.
  void drop(Packet& packet, HostIndex at, std::string_view reason, RecordId fault = {});
  // What broke when a packet between the two was lost last, or none if that is long ago.
  static constexpr Duration kFaultMemory = std::chrono::minutes(15);
  RecordId fault_between(HostIndex a, HostIndex b) const;
  // What changed a link last, or none: why there is no way to somewhere.
  RecordId last_change() const { return last_change_; }
  // The node that owns the address, as seen from `from`: loopback addresses are its own. kWorld if
  // there is none.
  HostIndex owner_of(const IpAddress& address, HostIndex from) const;

  // An event of a host to itself, now or later.
  void schedule(HostIndex host, Instant time, NetworkEvent what, std::uint32_t detail = 0,
                std::uint64_t b = 0);
  // Emits packet.received or packet.forwarded.
  void record(const Packet& packet, HostIndex at, Kind kind);
  void change_lane(LaneIndex lane, const LinkSettings& settings, RecordId change);
  bool records_packets() const { return recorder.wants(Layer::kPacket); }
  Instant now() const { return simulator.now(); }
  // Of what was drawn for all links so far.
  std::uint64_t random_digest() const;

  Simulator& simulator;
  Recorder& recorder;
  Topology topology;
  const NetworkSettings settings;
  BlockPool blocks;
  PacketArena packets;
  std::uint64_t packets_sent = 0;

 private:
  void transmit(Packet& packet, HostIndex node);
  RecordId change_of(LaneIndex lane) const;
  void schedule_arrival(Packet& packet, HostIndex node, LaneIndex lane, Instant when);
  void arrive(const Event& event);

  TargetId target_;
  std::vector<Wire> wires_;                // by lane
  std::vector<EventSource> sources_;       // by node
  std::vector<VirtualHost*> hosts_;        // by node; null for routers
  std::map<LaneIndex, RecordId> changes_;  // of lanes that are not as they were at the start
  RecordId last_change_;
  // Of pairs of hosts, the lower index first.
  std::map<std::pair<HostIndex, HostIndex>, std::pair<RecordId, Instant>> faults_;
  std::string summary_;  // scratch space
  std::string frame_;
};

}  // namespace mailcosm::sim
