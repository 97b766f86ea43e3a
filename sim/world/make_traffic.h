// From users who are counted and not listed to the tables and programs that stand for them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/agents/common/user_range.h"
#include "sim/agents/traffic/traffic_source.h"
#include "sim/scenario/model.h"

namespace mailcosm::sim {

// What all hosts share: immutable, and made once for a world.
class TrafficTables {
 public:
  // The scenario must outlive it.
  explicit TrafficTables(const scenario::Scenario& scenario);

  // Of domains that the scenario's traffic counts users of.
  std::vector<UserRange> users_of(const std::vector<std::string>& domains) const;
  std::unique_ptr<Agent> make_source(Runtime& runtime, const scenario::Host& host,
                                     const scenario::TrafficSource& model) const;

 private:
  const scenario::Scenario& scenario_;
  std::map<std::string_view, const scenario::UserGroup*> groups_;  // by domain
  std::shared_ptr<const UserDirectory> directory_;                 // null without sources
  std::shared_ptr<const Zipf> activity_;
};

}  // namespace mailcosm::sim
