#include "sim/trace/trace_writer.h"

#include "sim/trace/binary_writer.h"
#include "sim/trace/json_lines_writer.h"

namespace mailcosm::sim {

std::unique_ptr<TraceWriter> make_trace_writer(TraceFormat format, ByteSink& sink,
                                               const TraceHeader& header,
                                               const TraceWriterOptions& options) {
  if (format == TraceFormat::kBinary) {
    return std::make_unique<BinaryWriter>(sink, header, options);
  }
  return std::make_unique<JsonLinesWriter>(sink, header, options);
}

}  // namespace mailcosm::sim
