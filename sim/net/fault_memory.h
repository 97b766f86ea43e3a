// FaultMemory: what lately kept pairs of hosts apart, as far as each of them can know.
//
// For the trace only: a failure gets the fault behind it as a cause. News of a loss travel: until
// they can have reached a host, its own failures are not explained with them. So what a host finds
// depends on no other order than that of the run.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "sim/net/crossing.h"

namespace mailcosm::sim {

class FaultMemory {
 public:
  // Losses are forgotten after this time.
  static constexpr Duration kSpan = std::chrono::minutes(15);

  // `is_known` says whether news of a loss have reached its reader by now. Once they have, it must
  // say so for ever.
  using IsKnown = std::function<bool(const Loss&)>;
  explicit FaultMemory(IsKnown is_known) : is_known_(std::move(is_known)) {}

  void add(const Loss& loss);
  // The fault behind the last loss that the reader knows of; none if that is long ago.
  RecordId last(HostIndex reader, HostIndex peer, Instant now);

 private:
  struct Losses {
    std::vector<Loss> losses;  // in the order of time
    std::size_t prune_at = 16;
  };
  // Forgets all before the last that is known. Gives whether there is one.
  bool prune(std::vector<Loss>& losses) const;

  IsKnown is_known_;
  std::map<std::pair<HostIndex, HostIndex>, Losses> losses_;  // by reader and peer
};

}  // namespace mailcosm::sim
