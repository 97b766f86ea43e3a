#include "sim/trace/narrative/narrative.h"

#include "sim/trace/narrative/page.h"
#include "sim/trace/narrative/teller.h"

namespace mailcosm::sim {

Narrative::Narrative(ByteSink& sink, const TraceHeader& header, const NarrativeOptions& options)
    : page_(std::make_unique<narrative::Page>(sink, options)),
      teller_(std::make_unique<narrative::Teller>(*page_, header, options)) {}

Narrative::Narrative(narrative::StoryReader& reader, const TraceHeader& header,
                     const NarrativeOptions& options)
    : teller_(std::make_unique<narrative::Teller>(reader, header, options)) {}

Narrative::~Narrative() = default;

void Narrative::accept(const Record& record) { teller_->accept(record); }

bool Narrative::finish() { return teller_->finish(); }

}  // namespace mailcosm::sim
