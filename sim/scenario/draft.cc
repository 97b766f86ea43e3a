#include "sim/scenario/draft.h"

#include <fmt/format.h>

#include <utility>

#include "sim/scenario/limits.h"

namespace mailcosm::sim::scenario {
namespace {

bool add_machine(Draft& draft, const std::string& name, SourcePosition source) {
  const auto [known, added] = draft.machines.emplace(name, source);
  if (added) return true;
  draft.reporter.add(
      source, fmt::format("there are two machines with the name {}", name),
      fmt::format("The other one comes from line {}; links and programs find machines by name.",
                  known->second.line),
      "give one of them another name");
  return false;
}

}  // namespace

bool Draft::add_host(Host host) {
  if (!add_machine(*this, host.name, host.source)) return false;
  if (scenario.hosts.size() >= kHostsMax) {
    reporter.add(host.source, fmt::format("more than {} hosts", kHostsMax),
                 "No machine could hold this world.");
    return false;
  }
  hosts.emplace(host.name, scenario.hosts.size());
  scenario.hosts.push_back(std::move(host));
  return true;
}

bool Draft::add_router(Router router) {
  if (!add_machine(*this, router.name, router.source)) return false;
  scenario.routers.push_back(std::move(router));
  return true;
}

const Host* Draft::find_host(std::string_view name) const {
  const auto found = hosts.find(name);
  return found == hosts.end() ? nullptr : &scenario.hosts[found->second];
}

}  // namespace mailcosm::sim::scenario
