// Draft: a scenario while it is being built from the text, and what the parts must know of each
// other.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/model.h"
#include "sim/scenario/reporter.h"

namespace mailcosm::sim::scenario {

struct Draft {
  explicit Draft(Reporter& r) : reporter(r) {}

  Reporter& reporter;
  Scenario scenario;

  // Where each machine was first named; both hosts and routers.
  std::map<std::string, SourcePosition, std::less<>> machines;
  // Hosts by name, as indices into scenario.hosts.
  std::map<std::string, std::size_t, std::less<>> hosts;
  // Hosts that the DNS does not know: the devices of people.
  std::set<std::string, std::less<>> unlisted_hosts;

  // Report a second machine of the same name and then give false.
  bool add_host(Host host);
  bool add_router(Router router);
  const Host* find_host(std::string_view name) const;
};

}  // namespace mailcosm::sim::scenario
