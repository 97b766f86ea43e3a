#include "bench/mails.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "bench/stopwatch.h"
#include "bench/stored.h"
#include "protocols/base/check.h"
#include "sim/scenario/parse.h"

namespace mailcosm::bench {
namespace {

Figure speed_of(const PopulationSize& size, std::string name) {
  const sim::scenario::Scenario scenario = population_scenario(size);
  PopulationRun run;
  const double rate = median_of(size.mails > 20'000 ? 1 : 5, [&] {
    run = run_population(scenario, size, {sim::Layer::kStory});
    return static_cast<double>(size.mails) / run.seconds;
  });
  const auto each = [&](std::uint64_t count) {
    return static_cast<double>(count) / static_cast<double>(size.mails);
  };
  return {
      std::move(name), rate, "mails/s", 0,
      fmt::format("{} domains at {} providers, submission to mailbox; {:.0f} packets and {:.0f} "
                  "events each",
                  size.domains, size.providers, each(run.packets), each(run.events))};
}

// Half of the domains have a provider of their own: thousands of hosts.
Figure setup_figure() {
  PopulationSize size;
  size.domains = 1'000;
  size.users = 100'000;
  size.providers = 500;
  size.mails = 1;
  const sim::scenario::Scenario scenario = population_scenario(size);
  PopulationRun run;
  const double seconds = median_of_five([&] {
    run = run_population(scenario, size, {sim::Layer::kStory});
    return run.setup;
  });
  return {"mails, set-up", seconds * 1e6 / static_cast<double>(run.hosts), "us/host", 1,
          fmt::format("{} hosts with their programs, 100,000 mailboxes",
                      grouped(static_cast<double>(run.hosts), 0))};
}

}  // namespace

PopulationSize population_for(std::uint64_t mails, std::uint64_t octets) {
  PopulationSize size;
  size.mails = size.users = mails;
  size.domains = std::clamp<std::uint64_t>(mails / 100, 1, 50'000);
  size.users = std::max(size.users, size.domains);
  size.providers = std::min(size.domains, std::max<std::uint64_t>(size.domains / 20, 4));
  size.octets = octets;
  return size;
}

sim::scenario::Scenario population_scenario(const PopulationSize& size) {
  const std::string text = fmt::format(
      "mailcosm: 1\ntitle: Many mails\npopulation:\n  domains: {}\n  users: {}\n  providers: {}\n"
      "  mails: {{count: {}, during: {} ms, size: {} B}}\n",
      size.domains, size.users, size.providers, size.mails,
      size.mails * 1'000 / size.mails_per_second + 1, size.octets);
  sim::scenario::Parsed parsed = sim::scenario::parse("mails", text);
  CHECK(parsed.scenario.has_value());
  return *std::move(parsed.scenario);
}

PopulationRun run_population(const sim::scenario::Scenario& scenario, const PopulationSize& size,
                             const sim::WorldOptions& options) {
  PopulationRun run;
  const Stopwatch building;
  sim::World world(scenario, options);
  run.hosts = world.header().hosts.size();
  Stored stored;
  world.add_sink(stored);
  bool more = world.advance(1);
  run.setup = building.seconds();
  const Stopwatch running;
  while (more) more = world.advance(UINT64_MAX);
  run.seconds = running.seconds();
  CHECK(stored.count() == size.mails);
  run.packets = world.packets();
  run.events = world.events();
  return run;
}

Figures measure_mails(std::uint64_t mails) {
  return {speed_of(population_for(mails, 1'000), "mails"),
          speed_of(population_for(mails, 10'000), "mails of 10 kB"), setup_figure()};
}

}  // namespace mailcosm::bench
