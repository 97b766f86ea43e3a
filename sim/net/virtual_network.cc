#include "sim/net/virtual_network.h"

#include <string>
#include <utility>

#include "protocols/base/check.h"
#include "sim/net/fabric.h"
#include "sim/net/virtual_host.h"

namespace mailcosm::sim {

VirtualNetwork::VirtualNetwork(Simulator& simulator, Recorder& recorder, Topology topology,
                               const NetworkSettings& settings)
    : fabric_(std::make_unique<Fabric>(simulator, recorder, std::move(topology), settings)) {
  const Topology& nodes = fabric_->topology;
  hosts_.resize(nodes.node_count());
  for (HostIndex index = 0; index < nodes.node_count(); ++index) {
    if (nodes.node(index).kind != Topology::NodeKind::kHost) continue;
    hosts_[index] = std::make_unique<VirtualHost>(*fabric_, index);
    fabric_->set_host(index, *hosts_[index]);
  }
}

VirtualNetwork::~VirtualNetwork() = default;

const Topology& VirtualNetwork::topology() const { return fabric_->topology; }

VirtualHost& VirtualNetwork::host(HostIndex index) {
  CHECK(index < hosts_.size() && hosts_[index] != nullptr);
  return *hosts_[index];
}

VirtualHost* VirtualNetwork::find_host(std::string_view name) {
  const std::optional<HostIndex> index = fabric_->topology.find(name);
  return index ? hosts_[*index].get() : nullptr;
}

bool VirtualNetwork::set_link_up(HostIndex a, HostIndex b, bool up, RecordId cause) {
  const LaneIndex lane = fabric_->topology.lane_between(a, b);
  if (lane == kNoLane) return false;
  const RecordId change = report_change(a, b, up ? "up" : "down", cause);
  for (LaneIndex each : {lane, lane ^ 1}) {
    LinkSettings settings = fabric_->topology.lane(each).settings;
    settings.up = up;
    fabric_->change_lane(each, settings, change);
  }
  return true;
}

bool VirtualNetwork::change_link(HostIndex from, HostIndex to, const LinkSettings& settings,
                                 std::string_view change, RecordId cause) {
  const LaneIndex lane = fabric_->topology.lane_between(from, to);
  if (lane == kNoLane) return false;
  fabric_->change_lane(lane, settings, report_change(from, to, change, cause));
  return true;
}

bool VirtualNetwork::change_link(HostIndex a, HostIndex b, const LinkSettings& from_a,
                                 const LinkSettings& from_b, std::string_view change,
                                 RecordId cause) {
  const LaneIndex lane = fabric_->topology.lane_between(a, b);
  if (lane == kNoLane) return false;
  const RecordId record = report_change(a, b, change, cause);
  fabric_->change_lane(lane, from_a, record);
  fabric_->change_lane(lane ^ 1, from_b, record);
  return true;
}

RecordId VirtualNetwork::report_change(HostIndex a, HostIndex b, std::string_view change,
                                       RecordId cause) {
  Recorder& recorder = fabric_->recorder;
  recorder.set_time(fabric_->now());
  const Topology& nodes = fabric_->topology;
  return recorder.emit(kWorld, Kind::kLinkChanged, {&cause, cause.is_none() ? 0u : 1u}, {},
                       {nodes.node(a).name, nodes.node(b).name, change});
}

std::uint64_t VirtualNetwork::random_digest() const { return fabric_->random_digest(); }

std::uint64_t VirtualNetwork::packets_sent() const { return fabric_->packets_sent; }

std::size_t VirtualNetwork::packets_in_flight() const { return fabric_->packets.in_use(); }

}  // namespace mailcosm::sim
