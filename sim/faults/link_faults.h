// LinkFaults: the faults of links and partitions that are active, and what they make of the links.
//
// A link's settings are those of the start with the active faults laid over them in the order in
// which they began; so the end of one fault never undoes another.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "sim/net/virtual_network.h"
#include "sim/scenario/fault.h"

namespace mailcosm::sim {

class LinkFaults {
 public:
  // The network must outlive it.
  explicit LinkFaults(VirtualNetwork& network) : network_(&network) {}

  // `fault` names it for end() and flap(). A fault that flaps begins with down. Links that change
  // emit link.changed with this cause.
  void begin(std::size_t fault, const scenario::LinkFault& effect, RecordId cause);
  void begin(std::size_t fault, const scenario::PartitionFault& effect, RecordId cause);
  // The link of a fault that flaps goes up, or down again.
  void flap(std::size_t fault, RecordId cause);
  void end(std::size_t fault, RecordId cause);

 private:
  struct Active {
    std::size_t fault;
    std::vector<LaneIndex> lanes;
    scenario::LinkFault change;
    bool suspended = false;  // the link is up between two flaps
  };
  void add(Active active, RecordId cause);
  std::vector<Active>::iterator find(std::size_t fault);
  void refresh(const std::vector<LaneIndex>& lanes, RecordId cause);
  LinkSettings settings_of(LaneIndex lane) const;

  VirtualNetwork* network_;
  std::map<LaneIndex, LinkSettings> at_start_;  // of lanes that a fault has touched
  std::vector<Active> active_;                  // in the order in which they began
};

// What is different: "down", "up", or "latency 300 ms, loss 20 %"; empty if nothing is.
std::string change_text(const LinkSettings& before, const LinkSettings& after);

}  // namespace mailcosm::sim
