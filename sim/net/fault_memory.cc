#include "sim/net/fault_memory.h"

#include <algorithm>
#include <tuple>

namespace mailcosm::sim {
namespace {

// Of losses at the same time, the place decides which is the last.
bool is_earlier(const Loss& a, const Loss& b) {
  return std::tie(a.time, a.at, a.fault) < std::tie(b.time, b.at, b.fault);
}

}  // namespace

void FaultMemory::add(const Loss& loss) {
  Losses& of = losses_[{loss.reader, loss.peer}];
  of.losses.insert(std::upper_bound(of.losses.begin(), of.losses.end(), loss, is_earlier), loss);
  if (of.losses.size() < of.prune_at) return;
  prune(of.losses);
  of.prune_at = std::max<std::size_t>(16, 2 * of.losses.size());
}

RecordId FaultMemory::last(HostIndex reader, HostIndex peer, Instant now) {
  const auto found = losses_.find({reader, peer});
  if (found == losses_.end() || !prune(found->second.losses)) return {};
  const Loss& loss = found->second.losses.front();
  return loss.time + kSpan < now ? RecordId() : loss.fault;
}

bool FaultMemory::prune(std::vector<Loss>& losses) const {
  for (auto loss = losses.end(); loss != losses.begin();) {
    --loss;
    if (!is_known_(*loss)) continue;
    losses.erase(losses.begin(), loss);
    return true;
  }
  return false;
}

}  // namespace mailcosm::sim
