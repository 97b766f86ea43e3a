// The columnar form as text: one JSON object (docs/trace-format.md, "The columnar form").
#pragma once

#include "sim/trace/byte_sink.h"
#include "sim/view/columnar_trace.h"

namespace mailcosm::sim::view {

// The version that is written.
inline constexpr int kColumnarVersion = 1;

// False if the sink failed.
[[nodiscard]] bool write_columnar_json(const ColumnarTrace& trace, ByteSink& sink);

}  // namespace mailcosm::sim::view
