// Runs a scenario in memory and keeps what tests ask for of its records.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/parse.h"
#include "sim/world/world.h"

namespace mailcosm::sim {

class WorldRun final : public RecordSink {
 public:
  struct Entry {
    RecordId id;
    Instant time;
    HostIndex host;
    Kind kind;
    std::vector<RecordId> causes;
    std::string message;
    std::vector<std::string> texts;
    std::vector<std::int64_t> numbers;
  };

  explicit WorldRun(std::string_view text, Layer depth = Layer::kProtocol,
                    std::uint64_t tie_break_seed = 0) {
    auto parsed = scenario::parse("test.yaml", text);
    EXPECT_TRUE(parsed.scenario.has_value()) << to_text(parsed.problems);
    if (!parsed.scenario) return;
    World world(*parsed.scenario, {depth, tie_break_seed});
    header = world.header();
    world.add_sink(*this);
    while (world.advance(1'000'000)) {
    }
    world.finish();
    digest = world.digest();
    end = world.now();
    for (const auto& result : world.results()) {
      if (!result.held) failures += result.sentence + " Found: " + result.found + "\n";
    }
  }

  void accept(const Record& record) override {
    Entry entry{record.id,
                record.time,
                record.host,
                record.kind,
                {record.causes.begin(), record.causes.end()},
                std::string(record.subject.message),
                {},
                {}};
    for (const Value& value : record.values) {
      entry.texts.emplace_back(value.text);
      entry.numbers.push_back(value.number);
    }
    entries.push_back(std::move(entry));
  }

  std::size_t count(Kind kind) const {
    std::size_t count = 0;
    for (const Entry& entry : entries) count += entry.kind == kind ? 1 : 0;
    return count;
  }
  const Entry* first(Kind kind) const {
    for (const Entry& entry : entries) {
      if (entry.kind == kind) return &entry;
    }
    return nullptr;
  }
  const Entry* find(RecordId id) const {
    for (const Entry& entry : entries) {
      if (entry.id == id) return &entry;
    }
    return nullptr;
  }
  std::string_view host_of(const Entry& entry) const { return header.name_of(entry.host); }
  // Whether some way over causes leads from the record back to one of this kind.
  bool leads_back(const Entry& entry, Kind kind) const {
    if (entry.kind == kind) return true;
    for (RecordId cause : entry.causes) {
      const Entry* before = find(cause);
      if (before != nullptr && leads_back(*before, kind)) return true;
    }
    return false;
  }

  TraceHeader header;
  std::vector<Entry> entries;
  std::string failures;  // of expectations; empty if all held
  std::uint64_t digest = 0;
  Instant end;
};

}  // namespace mailcosm::sim
