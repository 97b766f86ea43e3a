#include "sim/world/workload.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace mailcosm::sim {
namespace {

// Events that a mail has from its submission into a mailbox, with name look-ups; that a look into a
// mailbox has; and what one program has to do for itself. Measured in worlds of plain
// organisations.
constexpr std::uint64_t kEventsOfMail = 180;
constexpr std::uint64_t kEventsOfCheck = 100;
constexpr std::uint64_t kEventsOfProgram = 50;

// Shares of the work that a mail makes in each of the organisations that it passes.
constexpr std::uint64_t kMtaWeight = 24;
constexpr std::uint64_t kMailboxWeight = 8;
constexpr std::uint64_t kResolverWeight = 8;
constexpr std::uint64_t kDnsWeight = 4;
constexpr std::uint64_t kClientWeight = 1;
constexpr std::uint64_t kRouterWeight = 6;
// What an organisation has to do whose people are listed, counted in mails.
constexpr std::uint64_t kMailsOfQuiet = 10;

std::uint64_t number(std::int64_t count) { return static_cast<std::uint64_t>(count); }

// Mails that people of each organisation write and get.
std::map<std::string, std::uint64_t> mails_of(const scenario::Scenario& scenario) {
  std::map<std::string, std::uint64_t> mails;
  std::map<std::string, const std::string*> organisation_of;
  for (const scenario::Host& host : scenario.hosts) {
    organisation_of.emplace(host.name, &host.organisation);
    mails[host.organisation] = kMailsOfQuiet;
  }
  std::uint64_t written = 0, users = 0;
  for (const scenario::TrafficSource& source : scenario.traffic.sources) {
    written += number(source.mails);
    users += number(source.users);
  }
  for (const scenario::TrafficSource& source : scenario.traffic.sources) {
    const auto found = organisation_of.find(source.host);
    if (found == organisation_of.end() || users == 0) continue;
    mails[*found->second] += number(source.mails) + written / users * number(source.users) +
                             written % users * number(source.users) / users;
  }
  return mails;
}

std::vector<std::uint64_t> weights_of(const scenario::Scenario& scenario) {
  const std::map<std::string, std::uint64_t> mails = mails_of(scenario);
  std::uint64_t all = 0;
  for (const auto& [organisation, count] : mails) all += count;
  std::map<std::string, std::pair<std::size_t, std::uint64_t>> hosts;  // place, and mails
  std::vector<std::uint64_t> weights;
  for (const scenario::Host& host : scenario.hosts) {
    hosts.emplace(host.name, std::pair(weights.size(), mails.at(host.organisation)));
    weights.push_back(1);
  }
  const auto weigh = [&](const auto& programs, std::uint64_t weight) {
    for (const auto& program : programs) {
      const auto found = hosts.find(program.host);
      if (found != hosts.end()) weights[found->second.first] += weight * found->second.second;
    }
  };
  weigh(scenario.mtas, kMtaWeight);
  weigh(scenario.mailbox_servers, kMailboxWeight);
  weigh(scenario.resolvers, kResolverWeight);
  weigh(scenario.dns_servers, kDnsWeight);
  weigh(scenario.clients, kClientWeight);
  weigh(scenario.traffic.sources, kClientWeight);
  for (const scenario::Router& router : scenario.routers) {
    const auto found = mails.find(router.organisation);
    // Nearly all mails pass one between organisations.
    const bool is_between = router.organisation.empty() || found == mails.end();
    weights.push_back(1 + kRouterWeight * (is_between ? all : found->second));
  }
  return weights;
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
    forecast.events += number(source.mails) * kEventsOfMail;
    users += number(source.users);
  }
  if (users == 0) return forecast;
  const scenario::TrafficMails& mails = scenario.traffic.mails;
  forecast.busy = std::max(forecast.busy, mails.begin + mails.arrivals.during);
  const scenario::TrafficReaders& readers = scenario.traffic.readers;
  const std::uint64_t share = number(readers.imap + readers.pop3);
  if (share != 0 && readers.check_every > Duration{}) {
    const std::uint64_t checks = number(readers.until / readers.check_every);
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
