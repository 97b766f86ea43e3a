// The replay page: one self-contained HTML file with a trace in it.
#pragma once

#include <string_view>

#include "protocols/base/result.h"
#include "sim/trace/byte_sink.h"
#include "sim/view/columnar_trace.h"

namespace mailcosm::sim::view {

// The page as it was built from viz/, without a trace. Lives as long as the program.
std::string_view page_template();

// Writes the template with the trace (gzip in base64) and the title of the run in it. An error if
// the template lacks the element for the trace, or has it more than once, or if the sink failed.
Result<void> write_html(const ColumnarTrace& trace, std::string_view page, ByteSink& sink);

}  // namespace mailcosm::sim::view
