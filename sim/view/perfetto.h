// Perfetto: a trace for https://ui.perfetto.dev (TrackEvent in protobuf). A track for each host
// with what happens there, below it one for each of its sessions with the lines of the dialogue,
// and a flow for each message from record to record. Nothing is held back: a trace of any length
// may be written.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "sim/trace/output_buffer.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"
#include "sim/view/protobuf_writer.h"

namespace mailcosm::sim::view {

class PerfettoWriter final : public RecordSink {
 public:
  // The sink must outlive the writer.
  PerfettoWriter(ByteSink& sink, const TraceHeader& header);

  void accept(const Record& record) override;
  // Call once, after the last record. False if anything could not be written.
  [[nodiscard]] bool finish();

 private:
  struct Event {
    std::uint64_t type = 0;
    std::uint64_t track = 0;
    std::string name;
    const Record* record = nullptr;  // whose fields and message it shows, if any
  };

  void declare_track(std::uint64_t track, std::uint64_t parent, std::string_view name);
  void open_session(const Record& record);
  void close_session(const Record& record);
  void write(const Event& event, Instant time);
  void write_packet(const ProtobufWriter& packet);
  std::uint64_t host_track(HostIndex host);

  OutputBuffer output_;
  TraceHeader header_;
  std::map<HostIndex, bool> declared_;
  std::map<std::pair<HostIndex, ConnectionId>, std::uint64_t> sessions_;  // tracks
  std::uint64_t next_session_;
  Instant last_;
};

}  // namespace mailcosm::sim::view
