// JsonLinesWriter: the trace as JSON Lines, for people and for tools without a library of ours
// (docs/trace-format.md).
#pragma once

#include "sim/trace/digest_chain.h"
#include "sim/trace/output_buffer.h"
#include "sim/trace/trace_writer.h"

namespace mailcosm::sim {

class JsonLinesWriter final : public TraceWriter {
 public:
  JsonLinesWriter(ByteSink& sink, const TraceHeader& header, const TraceWriterOptions& options);

  void accept(const Record& record) override;
  bool finish() override;
  bool failed() const override { return output_.failed(); }

 private:
  void write_header();
  void write_values(const Record& record);
  // The hosts' digests that changed since the last time, as an object.
  void write_digests();

  OutputBuffer output_;
  TraceHeader header_;
  TraceWriterOptions options_;
  DigestChain chain_;
};

}  // namespace mailcosm::sim
