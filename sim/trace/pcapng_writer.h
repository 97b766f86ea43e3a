// PcapngWriter: the packets of a run as a capture file that Wireshark opens
// (draft-ietf-opsawg-pcapng).
//
// One section with one interface of raw IP (LINKTYPE_RAW) and nanosecond time stamps: every packet
// is written once, when its sender sends it, with the id of its record and the sending host as
// comment. Names of hosts stand in a name resolution block. Time stamps are the epoch of the
// scenario plus virtual time. Other records are ignored.
#pragma once

#include "sim/trace/raw_buffer.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim {

class PcapngWriter final : public RecordSink {
 public:
  // The sink must outlive the writer. It gets octets in large pieces, the last of them by finish().
  PcapngWriter(ByteSink& sink, const TraceHeader& header);

  void accept(const Record& record) override;
  // Call once, after the last record. False if anything could not be written.
  [[nodiscard]] bool finish();
  bool failed() const { return output_.failed(); }

 private:
  void write_block(std::uint32_t type, std::string_view body);

  RawBuffer output_;
  TraceHeader header_;
};

}  // namespace mailcosm::sim
