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
  Kind kind = Kind::kNote;
  std::string text;
};

using Links = std::map<RecordId, Link>;

// A line that came with the one before it in the same packet is its cause only by order.
bool came_together(const Links& links, RecordId later, RecordId earlier) {
  const Link& one = links.at(later);
  const Link& other = links.at(earlier);
  return one.kind == Kind::kLineReceived && other.kind == Kind::kLineReceived &&
         later.host() == earlier.host() && one.time == other.time;
}

std::string chain_text(const std::vector<RecordId>& chain, const Links& links,
                       const narrative::Names& names) {
  std::string text;
  std::size_t shown = 0;  // the link shown last
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const bool last = i + 1 == chain.size();
    if (i > 0 && !last && came_together(links, chain[i - 1], chain[i]) &&
        came_together(links, chain[i], chain[i + 1])) {
      continue;
    }
    const Link& link = links.at(chain[i]);
    if (i > 0) {
      const Duration before = links.at(chain[shown]).time - link.time;
      const std::size_t between = i - shown - 1;
      text += before.count() == 0 ? "because at the same moment"
                                  : fmt::format("because, {} before", duration_text(before));
      if (between > 0)
        text += fmt::format(" ({} between)",
                            narrative::counted(static_cast<std::int64_t>(between), "line"));
      text += '\n';
    }
    shown = i;
    const HostIndex host = chain[i].host();
    text += fmt::format("{}  {}  {}\n    {}\n", time_text(link.time), chain[i].to_string(),
                        host == kWorld ? "the scenario" : names.host(host), link.text);
  }
  return text;
}

}  // namespace

Result<std::string> why(TraceOpener& trace, std::string_view id, std::size_t columns) {
  const auto wanted = RecordId::parse(id);
  if (!wanted) return Error{fmt::format("'{}' is no record id: {}", id, wanted.error().what), 0};
  const auto nearest = nearest_causes(trace);
  if (!nearest) return nearest.error();
  const std::vector<RecordId> chain = chain_of(*nearest, *wanted);
  if (chain.empty()) return Error{fmt::format("the trace has no record {}", id), 0};
  Links links;
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
    link->second.kind = record.kind;
    link->second.text = record_text(RecordView(record).record(), names, columns - kIndent);
  }

  return chain_text(chain, links, names);
}

}  // namespace mailcosm::sim::view
