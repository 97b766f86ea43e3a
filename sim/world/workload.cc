#include "sim/world/workload.h"

#include <algorithm>
#include <map>
#include <string>

namespace mailcosm::sim {
namespace {

// Events that a mail has from its submission into a mailbox, with name look-ups; that a look into a
// mailbox has; and what one program has to do for itself. Measured in worlds of plain
// organisations.
constexpr std::uint64_t kEventsOfMail = 300;
constexpr std::uint64_t kEventsOfCheck = 100;
constexpr std::uint64_t kEventsOfProgram = 50;

// Shares of the work that a mail makes.
constexpr std::uint64_t kMtaWeight = 24;
constexpr std::uint64_t kMailboxWeight = 8;
constexpr std::uint64_t kResolverWeight = 8;
constexpr std::uint64_t kDnsWeight = 4;
constexpr std::uint64_t kClientWeight = 1;
constexpr std::uint64_t kLinkWeight = 1;  // of what hangs on a router

class Weigher {
 public:
  explicit Weigher(const scenario::Scenario& scenario) {
    for (const scenario::Host& host : scenario.hosts) add(host.name);
    for (const scenario::Router& router : scenario.routers) add(router.name);
  }
  void weigh(const std::string& node, std::uint64_t weight) {
    const auto found = numbers_.find(node);
    if (found != numbers_.end()) weights_[found->second] += weight;
  }
  template <typename Agents>
  void weigh_all(const Agents& agents, std::uint64_t weight) {
    for (const auto& agent : agents) weigh(agent.host, weight);
  }
  std::vector<std::uint64_t> weights() && { return std::move(weights_); }

 private:
  void add(const std::string& name) {
    numbers_.emplace(name, weights_.size());
    weights_.push_back(1);
  }
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::uint64_t> weights_;
};

std::vector<std::uint64_t> weights_of(const scenario::Scenario& scenario) {
  Weigher weigher(scenario);
  weigher.weigh_all(scenario.mtas, kMtaWeight);
  weigher.weigh_all(scenario.mailbox_servers, kMailboxWeight);
  weigher.weigh_all(scenario.resolvers, kResolverWeight);
  weigher.weigh_all(scenario.dns_servers, kDnsWeight);
  weigher.weigh_all(scenario.clients, kClientWeight);
  for (const scenario::Link& link : scenario.links) {
    weigher.weigh(link.a, kLinkWeight);
    weigher.weigh(link.b, kLinkWeight);
  }
  return std::move(weigher).weights();
}

Forecast forecast_of(const scenario::Scenario& scenario) {
  Forecast forecast;
  const std::size_t programs = scenario.dns_servers.size() + scenario.resolvers.size() +
                               scenario.mtas.size() + scenario.mailbox_servers.size() +
                               scenario.clients.size();
  forecast.events = programs * kEventsOfProgram + scenario.story.size() * kEventsOfMail;
  forecast.barriers = scenario.story.size() + 2 * scenario.faults.size();
  if (!scenario.story.empty()) forecast.busy = Duration(scenario.story.back().at.ns);
  std::uint64_t users = 0;
  for (const scenario::TrafficSource& source : scenario.traffic.sources) {
    forecast.events += static_cast<std::uint64_t>(source.mails) * kEventsOfMail;
    users += static_cast<std::uint64_t>(source.users);
  }
  if (users == 0) return forecast;
  const scenario::TrafficMails& mails = scenario.traffic.mails;
  forecast.busy = std::max(forecast.busy, mails.begin + mails.arrivals.during);
  const scenario::TrafficReaders& readers = scenario.traffic.readers;
  if (readers.check_every > Duration{}) {
    const auto checks = static_cast<std::uint64_t>(readers.until / readers.check_every);
    const auto share = static_cast<std::uint64_t>(readers.imap + readers.pop3);
    forecast.events += users * share / 1'000'000 * checks * kEventsOfCheck;
    forecast.busy = std::max(forecast.busy, readers.until);
  }
  forecast.busy = std::min(forecast.busy, Duration(scenario.until.ns));
  return forecast;
}

}  // namespace

Workload workload_of(const scenario::Scenario& scenario) {
  return {weights_of(scenario), forecast_of(scenario)};
}

}  // namespace mailcosm::sim
