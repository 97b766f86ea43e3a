// Whole worlds: mails of a population from submission over DNS and SMTP into mailboxes, at packet
// level.
#pragma once

#include <cstdint>

#include "bench/figure.h"
#include "sim/scenario/model.h"
#include "sim/world/world.h"

namespace mailcosm::bench {

struct PopulationSize {
  std::uint64_t domains = 20;
  std::uint64_t users = 2'000;
  std::uint64_t providers = 4;
  std::uint64_t mails = 2'000;
  std::uint64_t octets = 1'000;         // of each body
  std::uint64_t mails_per_second = 28;  // of virtual time
};

// As large as `mails` mails deserve: for 100,000 of them 1,000 domains, 100,000 mailboxes and 50
// providers (bench/thousand_domains.yaml).
PopulationSize population_for(std::uint64_t mails, std::uint64_t octets);
sim::scenario::Scenario population_scenario(const PopulationSize& size);

struct PopulationRun {
  double setup = 0;    // seconds until all programs run
  double seconds = 0;  // from there to the end
  std::uint64_t hosts = 0;
  std::uint64_t packets = 0;
  std::uint64_t events = 0;
};
// Runs the world to its end. CHECKs that all mails arrive. `scenario` is a population_scenario() of
// `size`.
PopulationRun run_population(const sim::scenario::Scenario& scenario, const PopulationSize& size,
                             const sim::WorldOptions& options);

// Mails per second on one core, of 1 kB and of 10 kB (as those that Postfix is measured with), and
// what setting up a large world costs.
Figures measure_mails(std::uint64_t mails);

}  // namespace mailcosm::bench
