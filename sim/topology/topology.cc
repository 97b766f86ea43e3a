#include "sim/topology/topology.h"

#include <utility>

#include "protocols/base/check.h"
#include "protocols/base/hash.h"
#include "sim/topology/routes.h"

namespace mailcosm::sim {

std::size_t Topology::NameHash::operator()(std::string_view name) const {
  Hash64 hash;
  hash.add(name);
  return hash.value();
}

Topology::Topology() : routes_(std::make_unique<Routes>()) {}
Topology::~Topology() = default;
Topology::Topology(Topology&&) noexcept = default;
Topology& Topology::operator=(Topology&&) noexcept = default;

Result<HostIndex> Topology::add_node(std::string_view name, NodeKind kind) {
  if (name.empty()) return Error{"a node needs a name"};
  const auto index = static_cast<HostIndex>(nodes_.size());
  if (!names_.emplace(name, index).second) {
    return Error{"there is already a node named " + std::string(name)};
  }
  nodes_.push_back({std::string(name), kind, {}, {}});
  routes_->invalidate();
  return index;
}

Result<LinkIndex> Topology::add_link(HostIndex a, HostIndex b, const LinkSettings& from_a,
                                     const LinkSettings& from_b) {
  CHECK(a < nodes_.size() && b < nodes_.size());
  const std::string what = nodes_[a].name + " and " + nodes_[b].name;
  if (a == b) return Error{"a link needs two different ends, not " + what};
  if (lane_between(a, b) != kNoLane) return Error{"there is already a link between " + what};
  if (from_a.latency < Duration(1) || from_b.latency < Duration(1)) {
    return Error{"the link between " + what + " needs a latency of at least 1 ns"};
  }
  const auto lane = static_cast<LaneIndex>(lanes_.size());
  lanes_.push_back({a, b, from_a});
  lanes_.push_back({b, a, from_b});
  nodes_[a].lanes_out.push_back(lane);
  nodes_[b].lanes_out.push_back(lane + 1);
  routes_->invalidate();
  return lane / 2;
}

Result<void> Topology::give_address(HostIndex node, const IpAddress& address) {
  CHECK(node < nodes_.size());
  Result<void> claimed = plan_.claim(address, node);
  if (claimed) nodes_[node].addresses.push_back(address);
  return claimed;
}

Result<IpAddress> Topology::assign_address(HostIndex node, IpAddress::Family family) {
  CHECK(node < nodes_.size());
  Result<IpAddress> assigned = plan_.assign(family, node);
  if (assigned) nodes_[node].addresses.push_back(*assigned);
  return assigned;
}

std::optional<HostIndex> Topology::find(std::string_view name) const {
  const auto found = names_.find(name);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

LaneIndex Topology::lane_between(HostIndex from, HostIndex to) const {
  // The end with fewer links is searched: a router may have thousands.
  const bool search_far_end = nodes_[to].lanes_out.size() < nodes_[from].lanes_out.size();
  const HostIndex here = search_far_end ? to : from;
  const HostIndex there = search_far_end ? from : to;
  for (LaneIndex lane : nodes_[here].lanes_out) {
    if (lanes_[lane].to == there) return search_far_end ? lane ^ 1 : lane;
  }
  return kNoLane;
}

void Topology::change(LaneIndex lane, const LinkSettings& settings) {
  CHECK(lane < lanes_.size() && settings.latency >= Duration(1));
  LinkSettings& current = lanes_[lane].settings;
  const bool moves_ways = current.up != settings.up || current.latency != settings.latency;
  current = settings;
  if (moves_ways) routes_->invalidate();
}

LaneIndex Topology::next_hop(HostIndex from, HostIndex destination) const {
  return routes_->next_hop(*this, from, destination);
}

std::optional<Duration> Topology::latency(HostIndex from, HostIndex to) const {
  Duration total{0};
  while (from != to) {
    const LaneIndex lane = next_hop(from, to);
    if (lane == kNoLane) return std::nullopt;
    total += lanes_[lane].settings.latency;
    from = lanes_[lane].to;
  }
  return total;
}

}  // namespace mailcosm::sim
