#include "sim/faults/link_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "protocols/base/check.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim {
namespace {

void lay_over(const scenario::LinkFault& change, LinkSettings& settings) {
  if (change.latency) settings.latency = *change.latency;
  if (change.jitter) settings.jitter = *change.jitter;
  if (change.bandwidth) settings.bits_per_second = static_cast<std::uint64_t>(*change.bandwidth);
  if (change.loss) settings.loss_per_million = static_cast<std::uint32_t>(*change.loss);
  if (change.duplication)
    settings.duplicate_per_million = static_cast<std::uint32_t>(*change.duplication);
  if (change.queue) settings.queue_packets_max = static_cast<std::uint32_t>(*change.queue);
  if (change.reorders) settings.may_reorder = *change.reorders;
  if (change.up) settings.up = *change.up;
}

HostIndex index_of(const Topology& topology, const std::string& name) {
  const auto index = topology.find(name);
  CHECK(index.has_value());
  return *index;
}

}  // namespace

std::string change_text(const LinkSettings& before, const LinkSettings& after) {
  using scenario::format_bandwidth, scenario::format_duration, scenario::format_fraction;
  std::string text;
  const auto add = [&](std::string_view what) {
    if (!text.empty()) text += ", ";
    text += what;
  };
  if (before.up != after.up) add(after.up ? "up" : "down");
  if (before.latency != after.latency)
    add(fmt::format("latency {}", format_duration(after.latency)));
  if (before.jitter != after.jitter) add(fmt::format("jitter {}", format_duration(after.jitter)));
  if (before.bits_per_second != after.bits_per_second) {
    const auto rate = static_cast<std::int64_t>(after.bits_per_second);
    add("bandwidth " + (rate == 0 ? std::string("unlimited") : format_bandwidth(rate)));
  }
  if (before.loss_per_million != after.loss_per_million)
    add(fmt::format("loss {}", format_fraction(after.loss_per_million)));
  if (before.duplicate_per_million != after.duplicate_per_million)
    add(fmt::format("duplication {}", format_fraction(after.duplicate_per_million)));
  if (before.may_reorder != after.may_reorder)
    add(after.may_reorder ? "reorders" : "keeps the order");
  if (before.queue_packets_max != after.queue_packets_max)
    add(fmt::format("queue {}", after.queue_packets_max));
  return text;
}

void LinkFaults::begin(std::size_t fault, const scenario::LinkFault& effect, RecordId cause) {
  const Topology& topology = network_->topology();
  const LaneIndex lane =
      topology.lane_between(index_of(topology, effect.a), index_of(topology, effect.b));
  CHECK(lane != kNoLane);
  Active active{fault, {lane}, effect};
  if (!effect.one_way) active.lanes.push_back(lane ^ 1);
  if (effect.flap_down != Duration{}) active.change.up = false;
  add(std::move(active), cause);
}

void LinkFaults::begin(std::size_t fault, const scenario::PartitionFault& effect, RecordId cause) {
  const Topology& topology = network_->topology();
  std::set<HostIndex> group;
  for (const std::string& name : effect.machines) group.insert(index_of(topology, name));
  Active active{fault, {}, {}};
  active.change.up = false;
  for (LaneIndex lane = 0; lane < 2 * topology.link_count(); ++lane) {
    const Topology::Lane& it = topology.lane(lane);
    if (group.contains(it.from) != group.contains(it.to)) active.lanes.push_back(lane);
  }
  add(std::move(active), cause);
}

void LinkFaults::add(Active active, RecordId cause) {
  for (LaneIndex lane : active.lanes) {
    at_start_.emplace(lane, network_->topology().lane(lane).settings);
  }
  active_.push_back(std::move(active));
  refresh(active_.back().lanes, cause);
}

std::vector<LinkFaults::Active>::iterator LinkFaults::find(std::size_t fault) {
  return std::find_if(active_.begin(), active_.end(),
                      [&](const Active& active) { return active.fault == fault; });
}

void LinkFaults::flap(std::size_t fault, RecordId cause) {
  const auto found = find(fault);
  if (found == active_.end()) return;
  found->suspended = !found->suspended;
  refresh(found->lanes, cause);
}

void LinkFaults::end(std::size_t fault, RecordId cause) {
  const auto found = find(fault);
  if (found == active_.end()) return;
  const std::vector<LaneIndex> lanes = std::move(found->lanes);
  active_.erase(found);
  refresh(lanes, cause);
}

LinkSettings LinkFaults::settings_of(LaneIndex lane) const {
  LinkSettings settings = at_start_.at(lane);
  for (const Active& active : active_) {
    const bool concerned =
        std::find(active.lanes.begin(), active.lanes.end(), lane) != active.lanes.end();
    if (concerned && !active.suspended) lay_over(active.change, settings);
  }
  return settings;
}

// Both directions of a link are told as one change where they are alike.
void LinkFaults::refresh(const std::vector<LaneIndex>& lanes, RecordId cause) {
  const Topology& topology = network_->topology();
  for (LaneIndex lane : lanes) {
    const Topology::Lane here = topology.lane(lane);
    const LinkSettings wanted = settings_of(lane);
    const std::string text = change_text(here.settings, wanted);
    if (text.empty()) continue;
    const LaneIndex back = lane ^ 1;
    const bool both = std::find(lanes.begin(), lanes.end(), back) != lanes.end();
    const LinkSettings wanted_back = both ? settings_of(back) : topology.lane(back).settings;
    if (both && change_text(topology.lane(back).settings, wanted_back) == text) {
      network_->change_link(here.from, here.to, wanted, wanted_back, text, cause);
    } else {
      network_->change_link(here.from, here.to, wanted, text, cause);
    }
  }
}

}  // namespace mailcosm::sim
