// GoldenSteps: the steps of the narrative as a golden keeps them: named, with the step that led to
// each, and without what depends on a draw.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/golden/golden.h"
#include "sim/golden/stable_text.h"
#include "sim/trace/narrative/story_reader.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim {

class GoldenSteps final : public narrative::StoryReader {
 public:
  // Both must outlive it.
  GoldenSteps(const TraceHeader& header, const StableText& stable)
      : header_(header), stable_(stable) {}

  // Each record of the story and protocol layers, before the narrative gets it.
  void remember(const Record& record);

  void title(std::string_view text, std::string_view below) override;
  void event(Instant time, const narrative::Outcome& event, RecordId record) override;
  void step(std::uint64_t number, const narrative::Step& step) override;
  void closing(std::string_view text) override;
  bool finish() override { return true; }

  // Puts title, steps and closing into the golden. Call once, at the end.
  void move_to(Golden& golden);

 private:
  static constexpr std::size_t kRecordsMax = 1'000'000;  // whose causes are remembered

  // What the first record of a step is remembered for until the step is told.
  struct Origin {
    std::uint64_t cause = 0;
    std::uint64_t name = 0;  // digest of host, kind and subject
  };

  std::string new_id(std::uint64_t name);
  void own(RecordId record, std::size_t step);
  void add(GoldenStep step, const std::vector<RecordId>& records);
  void add_line(GoldenStep& step, GoldenLine::Mark mark, std::string_view text);
  std::string stable_line(std::string_view text) const;
  std::size_t step_before(std::size_t step, std::uint64_t record) const;

  const TraceHeader& header_;
  const StableText& stable_;
  std::unordered_map<std::uint64_t, Origin> origins_;       // by record, for look-up only
  std::unordered_map<std::uint64_t, std::size_t> step_of_;  // by record, for look-up only
  std::vector<std::uint64_t> first_records_;  // of each step; 0 for the rest of the step before
  std::map<std::string, bool, std::less<>> ids_;
  std::map<std::uint64_t, std::uint64_t> names_;  // how often each name was given
  Golden golden_;                                 // only what this class is about
  std::size_t lines_ = 0;
};

}  // namespace mailcosm::sim
