// TraceReader: gives the records of a trace file one after the other, from either format. Holds one
// record at a time.
//
// Hostile and truncated files end in an Error, never in a crash or in memory beyond the limits.
// Kinds and fields this program does not know are skipped; fields that an older writer did not know
// are zero or empty.
#pragma once

#include <cstdint>
#include <memory>

#include "protocols/base/result.h"
#include "sim/trace/byte_sink.h"
#include "sim/trace/owned_record.h"
#include "sim/trace/trace_header.h"
#include "sim/trace/trace_writer.h"

namespace mailcosm::sim {

struct TraceLimits {
  std::size_t record_octets_max = std::size_t{128} << 20;  // a line, or an item of the binary form
  std::size_t hosts_max = 1'000'000;
  std::size_t addresses_max = 256;  // of one host
  std::size_t causes_max = 4096;    // of one record
  std::size_t kinds_max = 1024;
  std::size_t fields_max = 64;        // of one kind
  std::size_t names_octets_max = 64;  // name of a kind or field
  int json_depth_max = 16;
};

class TraceReader {
 public:
  virtual ~TraceReader() = default;

  virtual TraceFormat format() const = 0;
  virtual const TraceHeader& header() const = 0;

  // True: `record` is the next one. False: the end record was read and its digests hold. An error
  // is final; its offset counts octets of the file, and `what` names the line of a JSON Lines file.
  // A file without end record is an error, after all of its records.
  [[nodiscard]] virtual Result<bool> next(OwnedRecord& record) = 0;

  // Records that were left out because their kind is not known here.
  virtual std::uint64_t skipped() const = 0;
  // Digest of the whole trace as the end record states it; zero before.
  virtual std::uint64_t digest() const = 0;
};

// Tells the format by the first octets and reads the header. The source must outlive the reader.
Result<std::unique_ptr<TraceReader>> open_trace(ByteSource& source, const TraceLimits& limits = {});

}  // namespace mailcosm::sim
