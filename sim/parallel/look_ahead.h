// LookAhead: how far each partition may run before anything from another one can reach it.
//
// A packet needs at least the latency of each lane on its way; jitter, queues and bandwidth only
// add to that. So nothing that partition Q does at a time t can touch P before t plus the sum of
// latencies of the shortest way over lanes that lead from one partition to another. P itself counts
// as well: what it sends may come back.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/net/virtual_network.h"
#include "sim/topology/topology.h"

namespace mailcosm::sim {

class LookAhead {
 public:
  static constexpr Duration kUnreachable = Duration::max();

  LookAhead(const Topology& topology, const std::vector<PartitionIndex>& partition_of,
            std::size_t partitions);

  // Links have changed: latencies, or which are up.
  void update(const Topology& topology);

  // Of the shortest way; from a partition to itself, of the shortest that leaves it.
  Duration between(PartitionIndex from, PartitionIndex to) const {
    return ways_[from * partitions_ + to];
  }
  // The time that all partitions may run up to, exclusively, if the next event of each is at
  // `next`. Some might run farther; but then they would take turns, each waiting while the one that
  // is behind catches up and overtakes.
  Instant bound(std::span<const Instant> next) const;

  // Lanes that lead from one partition to another.
  const std::vector<LaneIndex>& crossing() const { return crossing_; }

 private:
  Duration& way(PartitionIndex from, PartitionIndex to) { return ways_[from * partitions_ + to]; }

  std::size_t partitions_;
  std::vector<PartitionIndex> partition_of_;
  std::vector<LaneIndex> crossing_;
  std::vector<Duration> ways_;      // by from, then to
  std::vector<Duration> shortest_;  // by from
};

}  // namespace mailcosm::sim
