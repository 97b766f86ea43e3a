// TraceWriter: a sink that writes every record it gets into a file of one of the two formats of
// docs/trace-format.md.
#pragma once

#include <cstdint>
#include <memory>

#include "sim/trace/byte_sink.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim {

enum class TraceFormat : std::uint8_t { kJsonLines, kBinary };

// The format version that is written, and the newest that is read.
inline constexpr std::uint32_t kTraceVersion = 3;
// Files of older versions are read without a look at their digests: they were computed in another
// way.
inline constexpr std::uint32_t kDigestVersionMin = 3;

struct TraceWriterOptions {
  Layer deepest = Layer::kPacket;  // deeper records are left out
  // Records between two checkpoints of digests.
  std::uint32_t checkpoint_interval = 4096;
};

class TraceWriter : public RecordSink {
 public:
  // Writes the last digests. Call once, after the last record. False if anything could not be
  // written.
  [[nodiscard]] virtual bool finish() = 0;
  virtual bool failed() const = 0;
};

// The sink must outlive the writer. The header is written with the first record or by finish().
std::unique_ptr<TraceWriter> make_trace_writer(TraceFormat format, ByteSink& sink,
                                               const TraceHeader& header,
                                               const TraceWriterOptions& options = {});

}  // namespace mailcosm::sim
