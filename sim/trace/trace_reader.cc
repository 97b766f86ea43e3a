#include "sim/trace/trace_reader.h"

#include "sim/trace/binary_reader.h"
#include "sim/trace/json_lines_reader.h"

namespace mailcosm::sim {
namespace {

template <typename Reader>
Result<std::unique_ptr<TraceReader>> opened(InputBuffer&& input, const TraceLimits& limits) {
  auto reader = std::make_unique<Reader>(std::move(input), limits);
  const Result<void> header = reader->read_header();
  if (!header) return header.error();
  return std::unique_ptr<TraceReader>(std::move(reader));
}

}  // namespace

Result<std::unique_ptr<TraceReader>> open_trace(ByteSource& source, const TraceLimits& limits) {
  InputBuffer input(source);
  const bool long_enough = input.fill(binary::kMagic.size());
  if (input.source_failed()) return Error{"the file cannot be read", 0};
  if (long_enough && input.available().starts_with(binary::kMagic)) {
    return opened<BinaryReader>(std::move(input), limits);
  }
  if (input.available().starts_with('{')) {
    return opened<JsonLinesReader>(std::move(input), limits);
  }
  return Error{"not a trace: neither JSON Lines nor the binary form", 0};
}

}  // namespace mailcosm::sim
