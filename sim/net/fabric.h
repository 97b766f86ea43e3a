// Fabric: what the hosts of one partition of a virtual network share: simulator, recorder, routes,
// memory for packets. Most networks are one partition.
//
// It moves packets from hop to hop and hands events to their hosts. What leaves for another
// partition is put, as bytes, into a box. Known to sim/net only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/content.h"
#include "sim/core/simulator.h"
#include "sim/net/block_pool.h"
#include "sim/net/crossing.h"
#include "sim/net/crossing_box.h"
#include "sim/net/fault_memory.h"
#include "sim/net/packet.h"
#include "sim/net/packet_summaries.h"
#include "sim/net/shared_network.h"
#include "sim/net/tcp_socket_arena.h"
#include "sim/topology/routes.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

// Meaning of Event::what. In events of a host to itself, the low half of `a` is the host.
enum class NetworkEvent : std::uint32_t {
  kArrival,   // a: packet, and the node above it; b: lane, and the wire's epoch above it
  kLoopback,  // a: packet
  kTimer,     // a: host, and the timer above it; b: generation
  kTcpTimer,  // a: host, and the socket above it, or none: TIME-WAIT; b: number of the timer
  kFlush,     // a: host
  kDisk,      // a: host
  kNotices,   // a: host: failures found inside a call of an agent are told now
};

class Fabric final : public EventTarget, Foresight {
 public:
  // All must outlive it. It drives the nodes of this partition.
  Fabric(Simulator& simulator, Recorder& recorder, SharedNetwork& shared,
         PartitionIndex partition = 0);

  // From one address of a host to another, inside the machine.
  static constexpr Duration kLoopbackLatency = std::chrono::microseconds(10);

  void handle(const Event& event) override;

  // Sends a packet that is complete but for its size; takes it.
  void send(Packet& packet);
  // Reports the loss of a packet at a node, and takes it. `fault` is the record of what broke, if
  // something did.
  void drop(Packet& packet, HostIndex at, std::string_view reason, RecordId fault = {});
  // What broke when a packet between a host of ours and another was lost last, as far as news of it
  // can have reached ours; none if that is long ago.
  RecordId fault_between(HostIndex reader, HostIndex peer);
  // What changed a link last, or none: why there is no way to somewhere.
  RecordId last_change() const { return shared_.last_change; }
  // The lane on which `from` sends what is for `destination`, as in Topology.
  LaneIndex next_hop(HostIndex from, HostIndex destination) {
    return routes_.next_hop(topology, from, destination);
  }
  // The node that owns the address, as seen from `from`: loopback addresses are its own. kWorld if
  // there is none.
  HostIndex owner_of(const IpAddress& address, HostIndex from) const;

  // An event of a host to itself, now or later.
  void schedule(HostIndex host, Instant time, NetworkEvent what, std::uint32_t detail = 0,
                std::uint64_t b = 0);
  // Emits packet.received or packet.forwarded.
  void record(const Packet& packet, HostIndex at, Kind kind);
  // A link has changed: ways may be others now.
  void forget_routes() { routes_.invalidate(); }

  // For each other partition, what goes there. Null as long as there is none.
  void set_boxes(CrossingBoxes* boxes) { boxes_ = boxes; }
  // Schedules what came out of another partition's box. REQUIRES: no arrival is before now(), none
  // is at a node of another partition or for a router.
  void deliver(std::string_view crossings);

  // Otherwise no record of packets needs even a number.
  bool records_packets() const {
    return recorder.wants(Layer::kPacket) || recorder.has_more_kinds();
  }
  Instant now() const { return simulator.now(); }

  Simulator& simulator;
  Recorder& recorder;
  const Topology& topology;
  const NetworkSettings& settings;
  BlockPool blocks;
  ContentPool contents;  // of all messages on the hosts of this partition
  PacketArena packets;
  TcpSocketArena sockets;
  std::uint64_t tcp_timers = 0;  // how many were ever set
  std::uint64_t packets_sent = 0;

 private:
  void foresee(const Event& event) const override;
  void foresee_use(HostIndex host, const TcpSocket* socket) const;
  void foresee_sending(LaneIndex lane) const;
  // Empty if records of this kind are only numbered.
  std::string_view summary_of(const Packet& packet, Kind kind);
  void transmit(Packet& packet, HostIndex node);
  RecordId change_of(LaneIndex lane) const;
  void schedule_arrival(Packet& packet, HostIndex node, LaneIndex lane, Instant when);
  void arrive(const Event& event);
  void tell(const Loss& loss);
  bool is_known(const Loss& loss);
  std::optional<Duration> latency(HostIndex from, HostIndex to);

  SharedNetwork& shared_;
  const PartitionIndex partition_;
  TargetId target_;
  Routes routes_;
  CrossingBoxes* boxes_ = nullptr;
  FaultMemory faults_;
  PacketSummaries summaries_;
  std::string frame_;  // scratch space
};

}  // namespace mailcosm::sim
