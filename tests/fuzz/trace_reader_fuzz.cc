// A trace file of either form: whatever it holds is read the same in one piece and octet by octet,
// what was read is written and read again unchanged, and every reader of records stands it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/check.h"
#include "sim/trace/narrative/narrative.h"
#include "sim/trace/pcapng_writer.h"
#include "sim/trace/trace_diff.h"

namespace {

using namespace mailcosm;
using namespace mailcosm::sim;

struct Read {
  bool opened = false;
  TraceHeader header;
  std::vector<OwnedRecord> records;
  std::string error;
  friend bool operator==(const Read&, const Read&) = default;
};

Read read(std::string_view bytes, std::size_t step) {
  TraceLimits limits;
  limits.record_octets_max = 65'536;
  limits.hosts_max = 1000;
  StringSource source(bytes, step);
  Read result;
  auto reader = open_trace(source, limits);
  if (!reader) {
    result.error = reader.error().what;
    return result;
  }
  result.opened = true;
  result.header = (*reader)->header();
  OwnedRecord record;
  while (true) {
    const Result<bool> more = (*reader)->next(record);
    if (!more) result.error = more.error().what;
    if (!more || !*more) return result;
    result.records.push_back(record);
  }
}

void tell(const Read& trace) {
  StringSink story, capture;
  Narrative narrative(story, trace.header);
  PcapngWriter pcapng(capture, trace.header);
  for (const OwnedRecord& record : trace.records) {
    const RecordView view(record);
    narrative.accept(view.record());
    pcapng.accept(view.record());
  }
  CHECK(narrative.finish() && pcapng.finish());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Read whole = read(bytes, 65'536);
  CHECK(read(bytes, 1) == whole);
  if (!whole.opened) return 0;
  for (const TraceFormat format : {TraceFormat::kJsonLines, TraceFormat::kBinary}) {
    StringSink sink;
    const auto writer = make_trace_writer(format, sink, whole.header, {Layer::kPacket, 3});
    for (const OwnedRecord& record : whole.records) writer->accept(RecordView(record).record());
    CHECK(writer->finish());
    const Read again = read(sink.bytes(), 65'536);
    // What is longer in the other form may exceed the limit of a record.
    if (again.error.find("longer than") != std::string::npos) continue;
    CHECK(again.error.empty());
    CHECK(again.records == whole.records && again.header == whole.header);
  }
  tell(whole);
  return 0;
}
