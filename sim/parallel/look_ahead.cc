#include "sim/parallel/look_ahead.h"

#include <algorithm>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

Duration sum(Duration a, Duration b) {
  Duration::rep result = 0;
  if (__builtin_add_overflow(a.count(), b.count(), &result)) return LookAhead::kUnreachable;
  return Duration(result);
}

}  // namespace

LookAhead::LookAhead(const Topology& topology, const std::vector<PartitionIndex>& partition_of,
                     std::size_t partitions)
    : partitions_(partitions), partition_of_(partition_of) {
  CHECK(partition_of.size() == topology.node_count());
  for (LaneIndex lane = 0; lane < 2 * topology.link_count(); ++lane) {
    const Topology::Lane& it = topology.lane(lane);
    if (partition_of_[it.from] != partition_of_[it.to]) crossing_.push_back(lane);
  }
  update(topology);
}

void LookAhead::update(const Topology& topology) {
  ways_.assign(partitions_ * partitions_, kUnreachable);
  for (LaneIndex lane : crossing_) {
    const Topology::Lane& it = topology.lane(lane);
    if (!it.settings.up) continue;
    Duration& known = way(partition_of_[it.from], partition_of_[it.to]);
    known = std::min(known, it.settings.latency);
  }
  const auto count = static_cast<PartitionIndex>(partitions_);
  for (PartitionIndex over = 0; over < count; ++over) {
    for (PartitionIndex from = 0; from < count; ++from) {
      for (PartitionIndex to = 0; to < count; ++to)
        way(from, to) = std::min(way(from, to), sum(way(from, over), way(over, to)));
    }
  }
  shortest_.clear();
  for (auto ways = ways_.begin(); ways != ways_.end(); ways += static_cast<std::ptrdiff_t>(count))
    shortest_.push_back(*std::min_element(ways, ways + static_cast<std::ptrdiff_t>(count)));
}

Instant LookAhead::bound(std::span<const Instant> next) const {
  Instant bound = Instant::never();
  for (std::size_t from = 0; from < partitions_; ++from)
    bound = std::min(bound, next[from] + shortest_[from]);
  return bound;
}

}  // namespace mailcosm::sim
