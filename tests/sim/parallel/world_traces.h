// Runs a world in a given number of partitions and threads, and gives all that a user could see of
// it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/world/world.h"

namespace mailcosm::sim {

// A trace may be large; of those that are not kept, a digest stands for the bytes.
struct Seen {
  std::string trace;  // the whole binary file
  std::uint64_t digest = 0;
  std::vector<std::uint64_t> host_digests;
  std::uint64_t events = 0;
  std::uint64_t packets = 0;
  std::uint64_t link_draws = 0;
  Instant end;
  std::string expectations;
  std::size_t partitions = 0;

  // Partitions excepted.
  bool operator==(const Seen& other) const;
};

Seen run_world(const scenario::Scenario& scenario, const WorldOptions& options,
               std::uint64_t slice = 100'000);
// A partition for each node, at random: from one to `partitions_max`, some perhaps empty.
std::vector<std::uint32_t> random_partitions(std::size_t nodes, std::size_t partitions_max,
                                             std::uint64_t seed);

}  // namespace mailcosm::sim
