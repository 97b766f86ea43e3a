// Topology: hosts and routers, the links between them, their addresses, and the way from one to
// another.
//
// Nodes are numbered from zero in the order they are added, and that number is their HostIndex
// everywhere. Each link has two directions with settings of their own, numbered 2 * link (from a to
// b) and 2 * link + 1. Ways are shortest by latency over links that are up; between equal ways the
// first hop with the lower link number wins. Only routers pass packets on. A change of a link
// invalidates the ways, which are computed again when they are next asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protocols/base/ip_address.h"
#include "protocols/base/result.h"
#include "sim/core/event.h"
#include "sim/topology/address_plan.h"
#include "sim/topology/link_settings.h"

namespace mailcosm::sim {

class Routes;

using LinkIndex = std::uint32_t;
// One direction of a link.
using LaneIndex = std::uint32_t;
inline constexpr LaneIndex kNoLane = 0xffffffff;

class Topology {
 public:
  enum class NodeKind : std::uint8_t { kHost, kRouter };
  struct Node {
    std::string name;
    NodeKind kind = NodeKind::kHost;
    std::vector<IpAddress> addresses;  // in order of preference
    std::vector<LaneIndex> lanes_out;  // in order of their links
  };
  // On a cache line of its own: a packet needs all of it.
  struct alignas(64) Lane {
    HostIndex from = 0;
    HostIndex to = 0;
    LinkSettings settings;
  };

  Topology();
  ~Topology();
  Topology(Topology&&) noexcept;
  Topology& operator=(Topology&&) noexcept;

  // An error if the name is empty or taken.
  Result<HostIndex> add_host(std::string_view name) { return add_node(name, NodeKind::kHost); }
  Result<HostIndex> add_router(std::string_view name) { return add_node(name, NodeKind::kRouter); }
  // An error for a link from a node to itself, a second link between the same two nodes, or a
  // latency below 1 ns.
  Result<LinkIndex> add_link(HostIndex a, HostIndex b, const LinkSettings& both) {
    return add_link(a, b, both, both);
  }
  Result<LinkIndex> add_link(HostIndex a, HostIndex b, const LinkSettings& from_a,
                             const LinkSettings& from_b);

  // Appends an address to the node's. Errors as in AddressPlan.
  Result<void> give_address(HostIndex node, const IpAddress& address);
  Result<IpAddress> assign_address(HostIndex node, IpAddress::Family family);

  std::size_t node_count() const { return nodes_.size(); }
  std::size_t link_count() const { return lanes_.size() / 2; }
  const Node& node(HostIndex index) const { return nodes_[index]; }
  const Lane& lane(LaneIndex index) const { return lanes_[index]; }
  std::optional<HostIndex> find(std::string_view name) const;
  std::optional<HostIndex> owner_of(const IpAddress& address) const {
    return plan_.owner_of(address);
  }
  // The direction from one node to its neighbour, or kNoLane.
  LaneIndex lane_between(HostIndex from, HostIndex to) const;

  // REQUIRES: latency of at least 1 ns.
  void change(LaneIndex lane, const LinkSettings& settings);

  // The lane on which `from` sends what is for `destination`; kNoLane if there is no way, or it is
  // the destination.
  LaneIndex next_hop(HostIndex from, HostIndex destination) const;
  // Sum of latencies of the way, or nothing if there is none.
  std::optional<Duration> latency(HostIndex from, HostIndex to) const;

 private:
  Result<HostIndex> add_node(std::string_view name, NodeKind kind);

  std::vector<Node> nodes_;
  std::vector<Lane> lanes_;
  // Never walked through.
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const;
  };
  std::unordered_map<std::string, HostIndex, NameHash, std::equal_to<>> names_;
  AddressPlan plan_;
  std::unique_ptr<Routes> routes_;  // computed lazily; knowing it is not a change of the topology
};

}  // namespace mailcosm::sim
