// BinaryWriter: the trace in few octets, for long runs (docs/trace-format.md).
#pragma once

#include "protocols/base/bytes.h"
#include "sim/trace/binary_format.h"
#include "sim/trace/digest_chain.h"
#include "sim/trace/output_buffer.h"
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
  void write_id(const Record& record, ByteWriter& body);
  void write_string(std::string_view text, ByteWriter& body);
  void write_values(const Record& record, ByteWriter& body);
  void write_digests(ByteWriter& body);
  // The body with its length in front.
  void write_item();

  OutputBuffer output_;
  TraceWriterOptions options_;
  DigestChain chain_;
  binary::Counts counts_;
  Instant last_time_;
  std::string body_;
  std::vector<std::string> remembered_;
  std::size_t next_place_ = 0;
  std::unordered_map<std::string_view, std::size_t> places_;  // views of remembered_
};

}  // namespace mailcosm::sim
