// Narrative: tells a run as a story, in numbered steps of plain sentences with the protocol lines
// under them.
//
// Each session, each DNS walk with what the resolver remembers of it, each message composed and
// each check for mail is a step, derived from the records alone. Lines are those of the client's
// side, in the notation of swaks: " -> " sent by the client, " <- " by the server, "=== " a remark,
// "*** " an error. Steps stand in the order in which they began; what happens at the same time is
// told one after the other. Holds the open steps only, and of each at most Options::lines_max
// lines.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "sim/trace/byte_sink.h"
#include "sim/trace/narrative/style.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim {

struct NarrativeOptions {
  Style style;
  std::size_t width = 100;      // columns; at least 40
  bool protocol = true;         // protocol lines under the sentences
  std::size_t lines_max = 200;  // protocol lines of one step; the rest is counted
  std::size_t data_lines = 6;   // lines shown of a message that is sent or fetched
};

class Narrative final : public RecordSink {
 public:
  // Needs the story and protocol layers. The sink must outlive the narrative.
  Narrative(ByteSink& sink, const TraceHeader& header, const NarrativeOptions& options = {});
  ~Narrative() override;

  void accept(const Record& record) override;
  // Tells what is still open. Call once, after the last record. False if anything could not be
  // written.
  [[nodiscard]] bool finish();

 private:
  class Teller;
  std::unique_ptr<Teller> teller_;
};

}  // namespace mailcosm::sim
