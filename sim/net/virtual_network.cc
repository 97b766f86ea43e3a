#include "sim/net/virtual_network.h"

#include <algorithm>
#include <string>
#include <utility>

#include "protocols/base/check.h"
#include "protocols/base/hash.h"
#include "sim/net/crossing_box.h"
#include "sim/net/fabric.h"
#include "sim/net/virtual_host.h"

namespace mailcosm::sim {

struct alignas(64) VirtualNetwork::Deliveries {
  std::vector<CrossingBox*> boxes;  // in the order of their senders
  Instant next = Instant::never();
};

VirtualNetwork::VirtualNetwork(Simulator& simulator, Recorder& recorder, Topology topology,
                               const NetworkSettings& settings)
    : shared_(std::make_unique<SharedNetwork>(std::move(topology), settings)) {
  for (HostIndex node = 0; node < shared_->topology.node_count(); ++node)
    shared_->sources.emplace_back(simulator, node);
  fabrics_.push_back(std::make_unique<Fabric>(simulator, recorder, *shared_));
  populate();
}

VirtualNetwork::VirtualNetwork(std::span<const Drive> drives,
                               std::vector<PartitionIndex> partition_of, Topology topology,
                               const NetworkSettings& settings)
    : shared_(
          std::make_unique<SharedNetwork>(std::move(topology), settings, std::move(partition_of))),
      outgoing_(drives.size(), CrossingBoxes(drives.size())),
      incoming_(drives.size(), CrossingBoxes(drives.size())),
      deliveries_(drives.size()) {
  CHECK(shared_->partition_of.size() == shared_->topology.node_count());
  for (HostIndex node = 0; node < shared_->topology.node_count(); ++node) {
    const PartitionIndex partition = shared_->partition_of[node];
    CHECK(partition < drives.size());
    shared_->sources.emplace_back(*drives[partition].simulator, node);
  }
  for (PartitionIndex partition = 0; partition < drives.size(); ++partition) {
    fabrics_.push_back(std::make_unique<Fabric>(*drives[partition].simulator,
                                                *drives[partition].recorder, *shared_, partition));
    if (drives.size() > 1) fabrics_[partition]->set_boxes(&outgoing_[partition]);
  }
  populate();
}

void VirtualNetwork::populate() {
  const Topology& nodes = shared_->topology;
  std::size_t hosts = 0;
  for (HostIndex index = 0; index < nodes.node_count(); ++index)
    hosts += nodes.node(index).kind == Topology::NodeKind::kHost ? 1 : 0;
  hosts_ = std::make_unique<Spread<VirtualHost>>(hosts, false);
  for (HostIndex index = 0; index < nodes.node_count(); ++index) {
    if (nodes.node(index).kind != Topology::NodeKind::kHost) continue;
    const PartitionIndex partition =
        shared_->partition_of.empty() ? 0 : shared_->partition_of[index];
    shared_->hosts[index] = &hosts_->emplace_back(*fabrics_[partition], index);
  }
}

VirtualNetwork::~VirtualNetwork() = default;

const Topology& VirtualNetwork::topology() const { return shared_->topology; }

VirtualHost& VirtualNetwork::host(HostIndex index) {
  CHECK(index < shared_->hosts.size() && shared_->hosts[index] != nullptr);
  return *shared_->hosts[index];
}

VirtualHost* VirtualNetwork::find_host(std::string_view name) {
  const std::optional<HostIndex> index = shared_->topology.find(name);
  return index ? shared_->hosts[*index] : nullptr;
}

bool VirtualNetwork::set_link_up(HostIndex a, HostIndex b, bool up, RecordId cause) {
  const LaneIndex lane = shared_->topology.lane_between(a, b);
  if (lane == kNoLane) return false;
  const RecordId change = report_change(a, b, up ? "up" : "down", cause);
  for (LaneIndex each : {lane, lane ^ 1}) {
    LinkSettings settings = shared_->topology.lane(each).settings;
    settings.up = up;
    change_lane(each, settings, change);
  }
  return true;
}

bool VirtualNetwork::change_link(HostIndex from, HostIndex to, const LinkSettings& settings,
                                 std::string_view change, RecordId cause) {
  const LaneIndex lane = shared_->topology.lane_between(from, to);
  if (lane == kNoLane) return false;
  change_lane(lane, settings, report_change(from, to, change, cause));
  return true;
}

bool VirtualNetwork::change_link(HostIndex a, HostIndex b, const LinkSettings& from_a,
                                 const LinkSettings& from_b, std::string_view change,
                                 RecordId cause) {
  const LaneIndex lane = shared_->topology.lane_between(a, b);
  if (lane == kNoLane) return false;
  const RecordId record = report_change(a, b, change, cause);
  change_lane(lane, from_a, record);
  change_lane(lane ^ 1, from_b, record);
  return true;
}

RecordId VirtualNetwork::report_change(HostIndex a, HostIndex b, std::string_view change,
                                       RecordId cause) {
  // Any recorder can speak for the world while all partitions rest.
  Recorder& recorder = fabrics_.front()->recorder;
  recorder.set_time(fabrics_.front()->now());
  const Topology& nodes = shared_->topology;
  return recorder.emit(kWorld, Kind::kLinkChanged, {&cause, cause.is_none() ? 0u : 1u}, {},
                       {nodes.node(a).name, nodes.node(b).name, change});
}

void VirtualNetwork::change_lane(LaneIndex lane, const LinkSettings& changed, RecordId change) {
  SharedNetwork& shared = *shared_;
  shared.changes[lane] = shared.last_change = change;
  shared.last_changed = fabrics_.front()->now();
  if (shared.topology.lane(lane).settings.up && !changed.up) {
    shared.wires[lane].cut();
    ++shared.epochs[lane];
  }
  shared.topology.change(lane, changed);
  for (const auto& fabric : fabrics_) fabric->forget_routes();
  ++changes_;
}

std::uint64_t VirtualNetwork::random_digest() const {
  Hash64 hash;
  for (LaneIndex lane = 0; lane < shared_->wires.size(); ++lane)
    hash.add(shared_->wires[lane].random_digest());
  return hash.value();
}

std::uint64_t VirtualNetwork::packets_sent() const {
  std::uint64_t sent = 0;
  for (const auto& fabric : fabrics_) sent += fabric->packets_sent;
  return sent;
}

std::size_t VirtualNetwork::packets_in_flight() const {
  std::size_t packets = 0;
  for (const auto& fabric : fabrics_) packets += fabric->packets.in_use();
  for (const auto* boxes : {&outgoing_, &incoming_}) {
    for (const CrossingBoxes& of_sender : *boxes) packets += of_sender.packets();
  }
  return packets;
}

const std::vector<PartitionIndex>& VirtualNetwork::partition_of() const {
  return shared_->partition_of;
}

void VirtualNetwork::turn() {
  outgoing_.swap(incoming_);
  for (PartitionIndex from = 0; from < fabrics_.size(); ++from) {
    fabrics_[from]->set_boxes(&outgoing_[from]);
    incoming_[from].collect([&](PartitionIndex to, CrossingBox& box) {
      deliveries_[to].boxes.push_back(&box);
      deliveries_[to].next = std::min(deliveries_[to].next, box.earliest());
    });
  }
}

void VirtualNetwork::deliver(PartitionIndex to) {
  Deliveries& it = deliveries_[to];
  for (CrossingBox* box : it.boxes) {
    fabrics_[to]->deliver(box->bytes());
    box->clear();
  }
  it.boxes.clear();
  it.next = Instant::never();
}

bool VirtualNetwork::has_deliveries(PartitionIndex to) const {
  return !deliveries_[to].boxes.empty();
}

Instant VirtualNetwork::next_delivery(PartitionIndex to) const { return deliveries_[to].next; }

}  // namespace mailcosm::sim
