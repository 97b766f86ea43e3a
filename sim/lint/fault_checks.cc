// Faults that change nothing.
#include <fmt/format.h>

#include <algorithm>

#include "sim/lint/checks.h"
#include "sim/lint/emitters.h"

namespace mailcosm::sim::lint {
namespace {

using scenario::Fault;

template <typename T>
bool same(const std::optional<T>& wanted, const T& now) {
  return !wanted || *wanted == now;
}

bool serves_names(const scenario::Scenario& scenario, const std::string& host) {
  const auto on_host = [&](const auto& agent) { return agent.host == host; };
  return std::any_of(scenario.dns_servers.begin(), scenario.dns_servers.end(), on_host) ||
         std::any_of(scenario.resolvers.begin(), scenario.resolvers.end(), on_host);
}

// Why the fault changes nothing; empty if it may.
struct Reason {
  const Subject& subject;

  std::string operator()(const scenario::LinkFault& fault) const {
    for (const scenario::Link& link : subject.scenario.links) {
      const bool meant =
          (link.a == fault.a && link.b == fault.b) || (link.a == fault.b && link.b == fault.a);
      if (!meant || fault.flap_down != Duration{}) continue;
      // Another fault may have changed it before.
      if (subject.scenario.faults.size() > 1) continue;
      if (same(fault.latency, link.latency) && same(fault.jitter, link.jitter) &&
          same(fault.bandwidth, link.bandwidth) && same(fault.loss, link.loss) &&
          same(fault.duplication, link.duplication) && same(fault.queue, link.queue) &&
          same(fault.reorders, link.reorders) && same(fault.up, link.up)) {
        return "the link is like this already";
      }
    }
    return {};
  }
  std::string operator()(const scenario::PartitionFault& fault) const {
    for (const scenario::Link& link : subject.scenario.links) {
      const auto inside = [&](const std::string& machine) {
        return std::find(fault.machines.begin(), fault.machines.end(), machine) !=
               fault.machines.end();
      };
      if (inside(link.a) != inside(link.b)) return {};
    }
    return "no link leads out of the group";
  }
  std::string operator()(const scenario::HostFault&) const { return {}; }
  std::string operator()(const scenario::DiskFault& fault) const {
    const auto on_host = [&](const auto& agent) { return agent.host == fault.host; };
    const scenario::Scenario& scenario = subject.scenario;
    if (std::any_of(scenario.mtas.begin(), scenario.mtas.end(), on_host) ||
        std::any_of(scenario.mailbox_servers.begin(), scenario.mailbox_servers.end(), on_host) ||
        std::any_of(scenario.clients.begin(), scenario.clients.end(), on_host)) {
      return {};
    }
    return fmt::format("no program on {} writes to a disk", fault.host);
  }
  std::string operator()(const scenario::DnsFault& fault) const {
    if (serves_names(subject.scenario, fault.host)) return {};
    return fmt::format("{} answers no name look-ups", fault.host);
  }
  std::string operator()(const scenario::ReplyFault& fault) const {
    const scenario::Scenario& scenario = subject.scenario;
    constexpr std::string_view kNames[] = {"smtp", "submission", "lmtp", "pop3", "imap"};
    const auto offers = [&](const auto& agent) {
      return agent.host == fault.host &&
             std::any_of(agent.listeners.begin(), agent.listeners.end(), [&](const auto& listener) {
               return fault.protocol.empty() ||
                      fault.protocol == kNames[static_cast<std::size_t>(listener.service)];
             });
    };
    if (std::any_of(scenario.mtas.begin(), scenario.mtas.end(), offers) ||
        std::any_of(scenario.mailbox_servers.begin(), scenario.mailbox_servers.end(), offers)) {
      return {};
    }
    return fault.protocol.empty() ? fmt::format("no mail server runs on {}", fault.host)
                                  : fmt::format("{} does not offer {}", fault.host, fault.protocol);
  }
};

}  // namespace

void check_faults(const Subject& subject, Findings& findings) {
  for (const Fault& fault : subject.scenario.faults) {
    std::string why = std::visit(Reason{subject}, fault.effect);
    if (why.empty() && fault.when) why = impossible(subject, fault.when->topic, fault.when->where);
    if (why.empty() && !fault.when && fault.at >= subject.scenario.until)
      why = "the run is over by then";
    if (why.empty()) continue;
    findings.add("fault-without-effect", fault.source,
                 fmt::format("this fault changes nothing: {}", why));
  }
}

}  // namespace mailcosm::sim::lint
