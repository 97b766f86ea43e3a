// BinaryWriter: the trace in few octets, for long runs (docs/trace-format.md).
//
// Each item is written where it leaves from: into the buffer of the sink. A record costs no
// allocation.
#pragma once

#include "protocols/base/octet_cursor.h"
#include "sim/trace/binary_format.h"
#include "sim/trace/digest_chain.h"
#include "sim/trace/raw_buffer.h"
#include "sim/trace/string_places.h"
#include "sim/trace/trace_writer.h"

namespace mailcosm::sim {

class BinaryWriter final : public TraceWriter {
 public:
  BinaryWriter(ByteSink& sink, const TraceHeader& header, const TraceWriterOptions& options);

  void accept(const Record& record) override;
  bool finish() override;
  bool failed() const override { return output_.failed(); }

 private:
  void write_header(const TraceHeader& header);
  void write_checkpoint();
  void write_id(const Record& record, OctetCursor& body);
  void write_causes(const Record& record, OctetCursor& body);
  void write_string(std::string_view text, OctetCursor& body);
  void write_values(const Record& record, OctetCursor& body);
  void write_digests(std::span<const HostIndex> changed, OctetCursor& body);
  // An item is written into room for its body and the length in front of that: begin_item() gives
  // where the body goes, and end_item() puts the length there once it is known. `probable_size` of
  // the body saves moving it, if it is right.
  OctetCursor begin_item(std::size_t size_max, std::size_t probable_size);
  void end_item(const OctetCursor& body);

  RawBuffer output_;
  TraceWriterOptions options_;
  DigestChain chain_;
  binary::Counts counts_;
  Instant last_time_;
  std::unique_ptr<binary::StringPlaces> places_;
  char* item_ = nullptr;  // where the item begins that is being written, and its body
  char* body_ = nullptr;
};

}  // namespace mailcosm::sim
