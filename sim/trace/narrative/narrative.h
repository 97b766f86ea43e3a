// Narrative: tells a run as a story, in numbered steps of plain sentences with the protocol lines
// under them.
//
// Every session, every walk through the DNS, what a resolver remembers of it, and every retrieval
// is a step, derived from the records alone. Lines are those of the client's side, in the notation
// of swaks: " -> " sent by the client, " <- " by the server, "=== " a remark, "*** " an error.
// Steps stand in the order in which they began; what happens at the same time is told one after the
// other. Holds the open steps only, and of each at most NarrativeOptions::lines_max lines.
#pragma once

#include <cstddef>
#include <memory>

#include "sim/trace/byte_sink.h"
#include "sim/trace/narrative/style.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim {

namespace narrative {
class StoryReader;
class Teller;
}  // namespace narrative

struct NarrativeOptions {
  Style style;
  std::size_t width = 100;      // columns, at most 100 are used and at least 40
  bool protocol = true;         // protocol lines under the sentences
  std::size_t lines_max = 200;  // protocol lines of one step; the rest is counted
  std::size_t data_lines = 40;  // lines shown of a message when it is first sent, and first fetched
};

class Narrative final : public RecordSink {
 public:
  // Needs the story and protocol layers; packets are ignored. The sink must outlive the narrative.
  Narrative(ByteSink& sink, const TraceHeader& header, const NarrativeOptions& options = {});
  // Tells the reader, which must outlive the narrative, instead of a page.
  Narrative(narrative::StoryReader& reader, const TraceHeader& header,
            const NarrativeOptions& options = {});
  ~Narrative() override;

  void accept(const Record& record) override;
  // Tells what is still open. Call once, after the last record. False if anything could not be
  // written.
  [[nodiscard]] bool finish();

 private:
  std::unique_ptr<narrative::StoryReader> page_;  // or null
  std::unique_ptr<narrative::Teller> teller_;
};

}  // namespace mailcosm::sim
