#include "sim/trace/narrative/narrative.h"

#include "sim/trace/narrative/teller.h"

namespace mailcosm::sim {

Narrative::Narrative(ByteSink& sink, const TraceHeader& header, const NarrativeOptions& options)
    : teller_(std::make_unique<narrative::Teller>(sink, header, options)) {}

Narrative::~Narrative() = default;

void Narrative::accept(const Record& record) { teller_->accept(record); }

bool Narrative::finish() { return teller_->finish(); }

}  // namespace mailcosm::sim
