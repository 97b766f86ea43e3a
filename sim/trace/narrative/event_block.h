// EventBlock: one sentence about what happens outside of all dialogues. It is told without a
// number.
#pragma once

#include "sim/trace/narrative/block.h"

namespace mailcosm::sim::narrative {

class EventBlock final : public Block {
 public:
  EventBlock(HostIndex host, Instant begin, Outcome event)
      : Block(host, begin), event_(std::move(event)) {
    close();
  }

  const Outcome& event() const { return event_; }
  void add(const Record&, Outcome) override {}
  std::vector<Step> tell(const Names&, const Memory&) override { return {}; }

 private:
  Outcome event_;
};

}  // namespace mailcosm::sim::narrative
