#include "sim/view/why.h"

#include <fmt/format.h>

#include <map>
#include <unordered_map>
#include <vector>

#include "sim/trace/time_text.h"
#include "sim/view/record_text.h"

namespace mailcosm::sim::view {
namespace {

// A longer chain is cut; no run has one, but a file may.
constexpr std::size_t kChainMax = 10'000;
constexpr std::size_t kIndent = 4;

// The nearest cause of each record, by id; for look-up only.
using Nearest = std::unordered_map<std::uint64_t, RecordId>;

std::vector<RecordId> chain_of(const Nearest& nearest, RecordId id) {
  std::vector<RecordId> chain;
  auto found = nearest.find(id.bits());
  while (found != nearest.end() && chain.size() < kChainMax) {
    chain.push_back(RecordId::from_bits(found->first));
    if (found->second.is_none()) break;
    found = nearest.find(found->second.bits());
  }
  return chain;
}

Result<Nearest> nearest_causes(TraceOpener& trace) {
  auto reader = trace.open();
  if (!reader) return reader.error();
  Nearest nearest;
  OwnedRecord record;
  while (true) {
    const auto more = (*reader)->next(record);
    if (!more || !*more) break;  // what a cut trace has counts
    nearest.emplace(record.id.bits(), record.causes.empty() ? RecordId() : record.causes.front());
  }
  return nearest;
}

struct Link {
  Instant time;
  std::string text;
};

}  // namespace

Result<std::string> why(TraceOpener& trace, std::string_view id, std::size_t columns) {
  const auto wanted = RecordId::parse(id);
  if (!wanted) return Error{fmt::format("'{}' is no record id: {}", id, wanted.error().what), 0};
  const auto nearest = nearest_causes(trace);
  if (!nearest) return nearest.error();
  const std::vector<RecordId> chain = chain_of(*nearest, *wanted);
  if (chain.empty()) return Error{fmt::format("the trace has no record {}", id), 0};
  std::map<RecordId, Link> links;
  for (RecordId record : chain) links.emplace(record, Link{});

  auto reader = trace.open();
  if (!reader) return reader.error();
  const narrative::Names names((*reader)->header());
  OwnedRecord record;
  while (true) {
    const auto more = (*reader)->next(record);
    if (!more || !*more) break;
    const auto link = links.find(record.id);
    if (link == links.end()) continue;
    link->second.time = record.time;
    link->second.text = record_text(RecordView(record).record(), names, columns - kIndent);
  }

  std::string text;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const Link& link = links[chain[i]];
    if (i > 0) {
      const Duration before = links[chain[i - 1]].time - link.time;
      text += before.count() == 0 ? "because at the same moment\n"
                                  : fmt::format("because, {} before\n", duration_text(before));
    }
    const HostIndex host = chain[i].host();
    text += fmt::format("{}  {}  {}\n    {}\n", time_text(link.time), chain[i].to_string(),
                        host == kWorld ? "the scenario" : names.host(host), link.text);
  }
  return text;
}

}  // namespace mailcosm::sim::view
