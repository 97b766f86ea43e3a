#include "tests/sim/parallel/world_traces.h"

#include <algorithm>

#include "protocols/base/random.h"
#include "sim/trace/byte_sink.h"
#include "sim/trace/trace_writer.h"

namespace mailcosm::sim {

bool Seen::operator==(const Seen& other) const {
  return trace == other.trace && digest == other.digest && host_digests == other.host_digests &&
         events == other.events && packets == other.packets && link_draws == other.link_draws &&
         end == other.end && expectations == other.expectations;
}

Seen run_world(const scenario::Scenario& scenario, const WorldOptions& options,
               std::uint64_t slice) {
  StringSink sink;
  std::unique_ptr<TraceWriter> writer;  // before the world: its readers outlive it
  World world(scenario, options);
  writer = make_trace_writer(TraceFormat::kBinary, sink, world.header(), {options.depth, 64});
  world.add_sink(*writer);
  while (world.advance(slice)) {
  }
  world.finish();
  Seen seen;
  if (!writer->finish()) return seen;
  seen.trace = sink.bytes();
  seen.digest = world.digest();
  for (HostIndex host = 0; host < world.header().hosts.size(); ++host)
    seen.host_digests.push_back(world.digest(host));
  seen.events = world.events();
  seen.packets = world.packets();
  seen.link_draws = world.link_draws();
  seen.end = world.now();
  for (const auto& result : world.results())
    seen.expectations += (result.held ? "+ " : "- ") + result.sentence + result.found + "\n";
  seen.partitions = world.partitions();
  return seen;
}

std::vector<std::uint32_t> random_partitions(std::size_t nodes, std::size_t partitions_max,
                                             std::uint64_t seed) {
  Random random(seed);
  const std::uint64_t partitions = 1 + random.below(partitions_max);
  std::vector<std::uint32_t> partition_of(nodes);
  for (std::uint32_t& partition : partition_of)
    partition = static_cast<std::uint32_t>(random.below(partitions));
  return partition_of;
}

}  // namespace mailcosm::sim
