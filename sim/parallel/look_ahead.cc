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
}

void LookAhead::bounds(std::span<const Instant> next, std::span<Instant> bounds) const {
  std::fill(bounds.begin(), bounds.end(), Instant::never());
  for (std::size_t from = 0; from < partitions_; ++from) {
    const Duration* ways = &ways_[from * partitions_];
    for (std::size_t to = 0; to < partitions_; ++to)
      bounds[to] = std::min(bounds[to], next[from] + ways[to]);
  }
}

}  // namespace mailcosm::sim
