// PcapngWriter: the packets of a run as a capture file that Wireshark opens
// (draft-ietf-opsawg-pcapng).
//
// One section with one interface of raw IP (LINKTYPE_RAW) and nanosecond time stamps: every packet
// is written once, when its sender sends it, with the id of its record and the sending host as
// comment. Names of hosts stand in a name resolution block. Time stamps are the epoch of the
// scenario plus virtual time. Other records are ignored.
#pragma once

#include <string>

#include "sim/trace/byte_sink.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim {

class PcapngWriter final : public RecordSink {
 public:
  // The sink must outlive the writer. The blocks in front of the packets are written at once.
  PcapngWriter(ByteSink& sink, const TraceHeader& header);

  void accept(const Record& record) override;
  bool failed() const { return failed_; }

 private:
  void write_block(std::uint32_t type, std::string_view body);

  ByteSink& sink_;
  TraceHeader header_;
  bool failed_ = false;
  std::string body_;  // scratch space
  std::string block_;
};

}  // namespace mailcosm::sim
