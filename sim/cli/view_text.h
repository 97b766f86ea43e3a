// `mailcosm view --format text`: a run on a terminal.
#pragma once

#include "protocols/base/result.h"
#include "sim/trace/byte_sink.h"
#include "sim/trace/trace_reader.h"
#include "sim/view/selection.h"

namespace mailcosm::cli {

// Whether keys can be read from standard input and screens shown on standard output.
bool has_terminal();

// Lets the reader step through the run with keys until it is left. REQUIRES: has_terminal().
Result<void> play_on_terminal(sim::TraceReader& reader, const sim::view::Shown& shown);

// Tells the run as `mailcosm run` does.
Result<void> tell_run(sim::TraceReader& reader, const sim::view::Shown& shown, sim::ByteSink& sink);

}  // namespace mailcosm::cli
