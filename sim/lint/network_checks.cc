// Machines and lines: who is alone, cut off, or of no use.
#include <fmt/format.h>

#include <map>
#include <set>

#include "sim/lint/checks.h"

namespace mailcosm::sim::lint {
namespace {

constexpr std::int64_t kAll = 1'000'000;  // parts in a million

bool raised_by_fault(const scenario::Scenario& scenario, const scenario::Link& link) {
  for (const scenario::Fault& fault : scenario.faults) {
    const auto* change = std::get_if<scenario::LinkFault>(&fault.effect);
    if (change == nullptr || !change->up.value_or(false)) continue;
    if ((change->a == link.a && change->b == link.b) ||
        (change->a == link.b && change->b == link.a)) {
      return true;
    }
  }
  return false;
}

void check_links(const Subject& subject, Findings& findings) {
  for (const scenario::Link& link : subject.scenario.links) {
    if (link.loss >= kAll) {
      findings.add("link-loses-everything", link.source,
                   fmt::format("the link between {} and {} loses every packet", link.a, link.b),
                   "a line that is cut is 'up: false'");
    }
    if (!link.up && !raised_by_fault(subject.scenario, link)) {
      findings.add(
          "link-never-up", link.source,
          fmt::format("the link between {} and {} is down from start to end", link.a, link.b),
          "let a fault set it up, or leave it out");
    }
  }
}

// Each machine's island, named after one machine of it.
class Islands {
 public:
  const std::string& of(const std::string& machine) {
    std::string& parent = parents_.try_emplace(machine, machine).first->second;
    if (parent != machine) parent = of(parent);
    return parent;
  }
  void join(const std::string& a, const std::string& b) {
    const std::string x = of(a), y = of(b);
    if (x != y) parents_[x] = y;
  }

 private:
  std::map<std::string, std::string> parents_;
};

void check_islands(const Subject& subject, Findings& findings) {
  const scenario::Scenario& scenario = subject.scenario;
  std::set<std::string> linked;
  Islands islands;
  for (const scenario::Link& link : scenario.links) {
    linked.insert(link.a);
    linked.insert(link.b);
    islands.join(link.a, link.b);
  }
  std::map<std::string, std::size_t> sizes;
  for (const scenario::Host& host : scenario.hosts) ++sizes[islands.of(host.name)];
  std::string largest;
  for (const auto& [island, size] : sizes) {
    if (largest.empty() || size > sizes[largest]) largest = island;
  }
  for (const scenario::Host& host : scenario.hosts) {
    if (!linked.contains(host.name)) {
      // A world of one machine needs no line.
      if (scenario.hosts.size() == 1) continue;
      findings.add("host-without-link", host.source,
                   fmt::format("{} has no link to anybody", host.name), "add it to 'links'");
    } else if (islands.of(host.name) != largest) {
      findings.add("network-in-parts", host.source,
                   fmt::format("no line leads from {} to the other hosts", host.name));
    }
  }
}

class UseCheck {
 public:
  explicit UseCheck(const Subject& subject) : subject_(subject) {
    const scenario::Scenario& scenario = subject.scenario;
    for (const auto& server : scenario.dns_servers) used_.insert(server.host);
    for (const auto& resolver : scenario.resolvers) used_.insert(resolver.host);
    for (const auto& mta : scenario.mtas) used_.insert(mta.host);
    for (const auto& server : scenario.mailbox_servers) used_.insert(server.host);
    for (const auto& client : scenario.clients)
      used_.insert(client.host), looks_up_.insert(client.host);
    for (const auto& source : scenario.traffic.sources)
      used_.insert(source.host), looks_up_.insert(source.host);
    for (const auto& step : scenario.story) used_.insert(step.host), looks_up_.insert(step.host);
    for (const auto& mta : scenario.mtas) looks_up_.insert(mta.host);
  }

  void run(Findings& findings) {
    for (const scenario::Host& host : subject_.scenario.hosts) {
      if (!used_.contains(host.name)) {
        findings.add("host-unused", host.source,
                     fmt::format("nothing runs on {}, and the story does not name it", host.name));
      }
      if (looks_up_.contains(host.name) && host.name_servers.empty()) {
        findings.add("no-resolver", host.source,
                     fmt::format("the programs on {} have no resolver to ask", host.name),
                     "add 'name_servers'");
      }
    }
  }

 private:
  const Subject& subject_;
  std::set<std::string> used_, looks_up_;
};

}  // namespace

void check_network(const Subject& subject, Findings& findings) {
  check_links(subject, findings);
  check_islands(subject, findings);
  UseCheck(subject).run(findings);
}

}  // namespace mailcosm::sim::lint
