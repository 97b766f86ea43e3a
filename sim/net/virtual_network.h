// VirtualNetwork: all hosts, routers and links of one world, and the packets under way.
//
// Order of construction: Topology (nodes, links, addresses), Simulator,
// Recorder(topology.node_count()), VirtualNetwork, disks excepted (each host has its own), agents;
// destruction in reverse. One VirtualHost per host node exists from the start, with the index it
// has in the topology.
//
// What happens to a packet: the sending host puts it on the lane of its next hop; the lane queues
// it, puts it on the wire at its rate, and loses, duplicates or delays it as drawn from the lane's
// own random stream ("link a-b"); a router hands it to the next lane; the destination host receives
// it. Each hop is one event.
//
// A network may be cut into partitions, each with a simulator and a recorder of its own, which
// threads of their own may drive at the same time; nothing else of a network or its hosts may be
// touched meanwhile. A host and the lanes that leave it belong to one partition. Packets that cross
// wait as bytes in boxes of their partition until turn() and deliver().
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "sim/core/simulator.h"
#include "sim/net/network_settings.h"
#include "sim/net/spread.h"
#include "sim/topology/topology.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

class VirtualHost;
class Fabric;
class CrossingBoxes;
struct SharedNetwork;

using PartitionIndex = std::uint32_t;

class VirtualNetwork {
 public:
  // What drives one partition.
  struct Drive {
    Simulator* simulator;
    Recorder* recorder;
  };

  // The simulator and the recorder must outlive it.
  VirtualNetwork(Simulator& simulator, Recorder& recorder, Topology topology,
                 const NetworkSettings& settings);
  // Several partitions. `partition_of` has one for each node, all of them below drives.size().
  VirtualNetwork(std::span<const Drive> drives, std::vector<PartitionIndex> partition_of,
                 Topology topology, const NetworkSettings& settings);
  ~VirtualNetwork();
  VirtualNetwork(const VirtualNetwork&) = delete;
  VirtualNetwork& operator=(const VirtualNetwork&) = delete;

  const Topology& topology() const;
  // REQUIRES: the node is a host, not a router.
  VirtualHost& host(HostIndex index);
  // Null if there is no host of that name.
  VirtualHost* find_host(std::string_view name);

  // Both directions. What is on the wire or queued when a link goes down is lost. Emits
  // link.changed as the world, with this cause. False if the nodes are not neighbours.
  bool set_link_up(HostIndex a, HostIndex b, bool up, RecordId cause = {});
  // Replaces the settings of the direction from `from` to `to`. Packets already on the wire keep
  // their time of arrival. Emits link.changed with `change` as its text. False if the nodes are not
  // neighbours. REQUIRES: latency >= 1 ns.
  bool change_link(HostIndex from, HostIndex to, const LinkSettings& settings,
                   std::string_view change, RecordId cause = {});

  // The same for both directions, told as one change.
  bool change_link(HostIndex a, HostIndex b, const LinkSettings& from_a, const LinkSettings& from_b,
                   std::string_view change, RecordId cause = {});

  // Packets sent by hosts so far, and packets that exist at this moment.
  std::uint64_t packets_sent() const;
  std::size_t packets_in_flight() const;
  // Digest of what was drawn for the links so far: losses, delays, duplicates.
  std::uint64_t random_digest() const;

  std::size_t partitions() const { return fabrics_.size(); }
  // Empty if there is one partition only.
  const std::vector<PartitionIndex>& partition_of() const;
  // What the partitions have put into their boxes can be delivered from now on. Call while all
  // rest. REQUIRES: everything of the last turn is delivered.
  void turn();
  // Schedules what the others have for this partition. Partitions may do that at the same time.
  void deliver(PartitionIndex to);
  // Whether anything waits for deliver(), and when the first packet of it arrives, or never.
  bool has_deliveries(PartitionIndex to) const;
  Instant next_delivery(PartitionIndex to) const;
  // Counts the changes of links so far.
  std::uint64_t changes() const { return changes_; }

 private:
  struct Deliveries;
  void populate();
  RecordId report_change(HostIndex a, HostIndex b, std::string_view change, RecordId cause);
  void change_lane(LaneIndex lane, const LinkSettings& settings, RecordId change);

  std::unique_ptr<SharedNetwork> shared_;
  std::vector<std::unique_ptr<Fabric>> fabrics_;  // by partition
  // By sender: those that are being filled, and those that are being delivered.
  std::vector<CrossingBoxes> outgoing_;
  std::vector<CrossingBoxes> incoming_;
  std::vector<Deliveries> deliveries_;  // by receiver: which of the latter
  std::uint64_t changes_ = 0;
  // In the order of their nodes. One row, so that a host is not scattered over what other networks
  // have left of the heap.
  std::unique_ptr<Spread<VirtualHost>> hosts_;
};

}  // namespace mailcosm::sim
