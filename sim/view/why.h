// Why something happened: the chain of its causes, as lines of text.
#pragma once

#include <string>

#include "protocols/base/result.h"
#include "sim/trace/trace_diff.h"

namespace mailcosm::sim::view {

// The record of this id, and below it what led to it, each the nearest cause of the one above, with
// the time in between. An error if the trace cannot be read or has no such record. Reads the trace
// twice and keeps a few octets of each record.
Result<std::string> why(TraceOpener& trace, std::string_view id, std::size_t columns);

}  // namespace mailcosm::sim::view
