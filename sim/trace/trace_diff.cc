#include "sim/trace/trace_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "protocols/base/hash.h"

namespace mailcosm::sim {
namespace {

// What is kept of a record that has no counterpart yet.
struct Print {
  std::uint64_t content = 0;
  std::uint64_t causes = 0;
  Instant time;
  std::uint64_t position = 0;  // in its trace
  Kind kind = Kind::kNote;
};

void add_text(Hash64& hash, std::string_view text) {
  hash.add(text.size());
  hash.add(text);
}

Print print_of(const OwnedRecord& record, std::uint64_t position) {
  Hash64 content;
  content.add(static_cast<std::uint64_t>(record.kind));
  content.add(record.connection.bits);
  add_text(content, record.message);
  for (const OwnedValue& value : record.values) {
    content.add(static_cast<std::uint64_t>(value.number));
    add_text(content, value.text);
  }
  Hash64 causes;
  for (RecordId cause : record.causes) causes.add(cause.bits());
  return {content.value(), causes.value(), record.time, position, record.kind};
}

// The earliest of some records: by time, then by its place in its trace, then by id.
class Earliest {
 public:
  void offer(const Print& print, std::uint64_t id) {
    const Place place{print.time.ns, print.position, id};
    if (!found_ || place < place_) place_ = place;
    found_ = true;
  }
  bool found() const { return found_; }
  RecordId id() const { return RecordId::from_bits(place_.id); }

 private:
  struct Place {
    std::int64_t time = 0;
    std::uint64_t position = 0;
    std::uint64_t id = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  Place place_;
  bool found_ = false;
};

using Pending = std::map<std::uint64_t, Print>;  // by id

struct Comparison {
  TraceDifference difference;
  Pending left, right;
  Earliest first, first_beyond_times;

  LayerDifference& layer_of(std::uint64_t id) {
    return difference.layers[static_cast<std::size_t>(RecordId::from_bits(id).layer())];
  }

  // Counts one difference in the record's layer, kind and host.
  void count(std::uint64_t id, Kind kind, std::uint64_t LayerDifference::* what) {
    ++(layer_of(id).*what);
    ++(difference.kinds[kind].*what);
    ++(difference.hosts[RecordId::from_bits(id).host()].*what);
  }

  void compare(std::uint64_t id, const Print& a, const Print& b) {
    const bool beyond_times = a.content != b.content || a.causes != b.causes;
    if (!beyond_times && a.time == b.time) return;
    if (a.content != b.content) {
      count(id, b.kind, &LayerDifference::content);
    } else if (a.causes != b.causes) {
      count(id, b.kind, &LayerDifference::causes);
    } else {
      count(id, b.kind, &LayerDifference::times);
      const Duration shift = b.time - a.time;
      difference.earliest_shift = std::min(difference.earliest_shift, shift);
      difference.latest_shift = std::max(difference.latest_shift, shift);
    }
    const Print& earlier = b.time < a.time ? b : a;
    first.offer(earlier, id);
    if (beyond_times) first_beyond_times.offer(earlier, id);
  }

  void add(const OwnedRecord& record, std::uint64_t position, bool is_left) {
    Pending& own = is_left ? left : right;
    Pending& other = is_left ? right : left;
    const std::uint64_t id = record.id.bits();
    LayerDifference& layer = layer_of(id);
    ++(is_left ? layer.left : layer.right);
    const Print print = print_of(record, position);
    const auto counterpart = other.find(id);
    if (counterpart == other.end()) {
      own.insert_or_assign(id, print);
      return;
    }
    compare(id, is_left ? print : counterpart->second, is_left ? counterpart->second : print);
    other.erase(counterpart);
  }

  void settle(const Pending& pending, bool is_left) {
    for (const auto& [id, print] : pending) {
      count(id, print.kind, is_left ? &LayerDifference::only_left : &LayerDifference::only_right);
      first.offer(print, id);
      first_beyond_times.offer(print, id);
    }
  }
};

Error error_in(bool is_left, const Error& error) {
  return {fmt::format("the {} trace cannot be read at octet {}: {}", is_left ? "first" : "second",
                      error.offset, error.what),
          error.offset};
}

// Reads both traces side by side, so that counterparts meet soon.
Result<void> compare_all(TraceReader& left, TraceReader& right, Comparison& comparison) {
  OwnedRecord record;
  bool more[2] = {true, true};
  for (std::uint64_t position = 0; more[0] || more[1]; ++position) {
    for (const bool is_left : {true, false}) {
      bool& more_here = more[is_left ? 0 : 1];
      if (!more_here) continue;
      const Result<bool> next = (is_left ? left : right).next(record);
      if (!next) return error_in(is_left, next.error());
      more_here = *next;
      if (more_here) comparison.add(record, position, is_left);
    }
  }
  comparison.settle(comparison.left, true);
  comparison.settle(comparison.right, false);
  return {};
}

// The records with these ids, as far as the trace has them.
Result<std::map<std::uint64_t, OwnedRecord>> collect(TraceOpener& trace,
                                                     std::vector<std::uint64_t> ids) {
  std::map<std::uint64_t, OwnedRecord> found;
  std::sort(ids.begin(), ids.end());
  auto reader = trace.open();
  if (!reader) return reader.error();
  OwnedRecord record;
  while (found.size() < ids.size()) {
    const Result<bool> next = (*reader)->next(record);
    if (!next) return next.error();
    if (!*next) break;
    const std::uint64_t id = record.id.bits();
    if (std::binary_search(ids.begin(), ids.end(), id)) found.insert_or_assign(id, record);
  }
  return found;
}

// Ids of first causes from `id` backwards. Keeps sixteen octets for each record up to it.
Result<std::vector<std::uint64_t>> chain_of(TraceOpener& trace, std::uint64_t id) {
  struct Link {
    std::uint64_t id, cause;
  };
  std::vector<Link> links;
  auto reader = trace.open();
  if (!reader) return reader.error();
  OwnedRecord record;
  while (record.id.bits() != id) {
    const Result<bool> next = (*reader)->next(record);
    if (!next) return next.error();
    if (!*next) break;
    if (!record.causes.empty()) links.push_back({record.id.bits(), record.causes.front().bits()});
  }
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) { return a.id < b.id; });
  std::vector<std::uint64_t> chain;
  while (chain.size() < Divergence::kCausesShown) {
    const auto link =
        std::lower_bound(links.begin(), links.end(), id,
                         [](const Link& a, std::uint64_t wanted) { return a.id < wanted; });
    if (link == links.end() || link->id != id) break;
    id = link->cause;
    chain.push_back(id);
  }
  return chain;
}

Result<Divergence> divergence_at(RecordId id, TraceOpener& left, TraceOpener& right) {
  Divergence divergence;
  divergence.id = id;
  for (const bool is_left : {true, false}) {
    auto found = collect(is_left ? left : right, {id.bits()});
    if (!found) return error_in(is_left, found.error());
    if (found->empty()) continue;
    (is_left ? divergence.left : divergence.right) = std::move(found->begin()->second);
  }
  const bool from_left = divergence.left.has_value();
  TraceOpener& trace = from_left ? left : right;
  const auto chain = chain_of(trace, id.bits());
  if (!chain) return error_in(from_left, chain.error());
  auto records = collect(trace, *chain);
  if (!records) return error_in(from_left, records.error());
  for (std::uint64_t cause : *chain) {
    const auto record = records->find(cause);
    if (record != records->end()) divergence.causes.push_back(record->second);
  }
  return divergence;
}

}  // namespace

Result<TraceDifference> diff_traces(TraceOpener& left, TraceOpener& right) {
  Comparison comparison;
  {
    auto left_reader = left.open();
    if (!left_reader) return error_in(true, left_reader.error());
    auto right_reader = right.open();
    if (!right_reader) return error_in(false, right_reader.error());
    comparison.difference.headers_differ = (*left_reader)->header() != (*right_reader)->header();
    const Result<void> compared = compare_all(**left_reader, **right_reader, comparison);
    if (!compared) return compared.error();
  }
  TraceDifference& difference = comparison.difference;
  if (comparison.first.found()) {
    auto first = divergence_at(comparison.first.id(), left, right);
    if (!first) return first.error();
    difference.first = std::move(*first);
  }
  const Earliest& beyond = comparison.first_beyond_times;
  if (beyond.found() && beyond.id() != comparison.first.id()) {
    auto first = divergence_at(beyond.id(), left, right);
    if (!first) return first.error();
    difference.first_beyond_times = std::move(*first);
  }
  return std::move(difference);
}

}  // namespace mailcosm::sim
