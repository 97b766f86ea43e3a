// Page: lays steps out on a page of at most 100 columns.
#pragma once

#include <string>
#include <string_view>

#include "sim/trace/narrative/narrative.h"
#include "sim/trace/narrative/story_reader.h"
#include "sim/trace/output_buffer.h"

namespace mailcosm::sim::narrative {

class Page final : public StoryReader {
 public:
  Page(ByteSink& sink, const NarrativeOptions& options);

  void title(std::string_view text, std::string_view below) override;
  void event(Instant time, const Outcome& event, RecordId record) override;
  void step(std::uint64_t number, const Step& step) override;
  void closing(std::string_view text) override;
  bool finish() override;

 private:
  void paragraph(std::string_view first_prefix, std::string_view prefix, std::string_view text,
                 std::string_view on, std::string_view off);
  void line(const Line& line);
  // "... 15 min later", if nothing was told of a while before `begin`.
  void gap(Instant begin, Instant end);

  OutputBuffer output_;
  NarrativeOptions options_;
  Instant told_until_ = Instant::never();  // never: nothing has been told
};

// Cuts a text into rows of at most `columns`, between words where there are any. At most `rows_max`
// rows; the last is cut with "..." if more would follow. The text must not contain control
// characters.
std::vector<std::string> wrap(std::string_view text, std::size_t columns, std::size_t rows_max);

}  // namespace mailcosm::sim::narrative
