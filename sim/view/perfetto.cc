#include "sim/view/perfetto.h"

#include <fmt/format.h>

#include "protocols/base/hash.h"
#include "sim/trace/line_text.h"
#include "sim/trace/owned_record.h"

namespace mailcosm::sim::view {
namespace {

// Field numbers of https://github.com/google/perfetto, protos/perfetto/trace.
enum TraceField : std::uint32_t { kTracePacket = 1 };
enum PacketField : std::uint32_t {
  kTimestamp = 8,
  kSequenceId = 10,
  kTrackEvent = 11,
  kTrackDescriptor = 60,
};
enum DescriptorField : std::uint32_t { kUuid = 1, kTrackName = 2, kParentUuid = 5 };
enum EventField : std::uint32_t {
  kDebugAnnotation = 4,
  kType = 9,
  kTrackUuid = 11,
  kCategory = 22,
  kEventName = 23,
  kFlowId = 47,
};
enum AnnotationField : std::uint32_t { kIntValue = 4, kStringValue = 6, kAnnotationName = 10 };
enum EventType : std::uint64_t { kSliceBegin = 1, kSliceEnd = 2, kInstantEvent = 3 };

constexpr std::uint64_t kSequence = 1;
constexpr std::size_t kNameColumns = 120;
constexpr std::size_t kValueColumns = 2000;

std::string name_of(const Record& record) {
  switch (record.kind) {
    case Kind::kLineSent:
      return "-> " + printable(field_of(record, "text").text, kNameColumns);
    case Kind::kLineReceived:
      return "<- " + printable(field_of(record, "text").text, kNameColumns);
    default:
      return std::string(info_of(record.kind).name);
  }
}

ProtobufWriter annotation(const FieldInfo& field, const Value& value) {
  ProtobufWriter written;
  written.bytes(kAnnotationName, field.name);
  if (field.type == FieldType::kText || field.type == FieldType::kBytes) {
    written.bytes(kStringValue, printable(value.text, kValueColumns));
  } else {
    written.varint(kIntValue, static_cast<std::uint64_t>(value.number));
  }
  return written;
}

void describe(const Record& record, ProtobufWriter& event) {
  event.bytes(kCategory, record.id.layer() == Layer::kStory      ? "story"
                         : record.id.layer() == Layer::kProtocol ? "protocol"
                                                                 : "packet");
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    event.message(kDebugAnnotation, annotation(fields[i], record.values[i]));
  }
  ProtobufWriter id;
  id.bytes(kAnnotationName, "id");
  id.bytes(kStringValue, record.id.to_string());
  event.message(kDebugAnnotation, id);
  // The story of a message is a flow; its lines would make it too dense to read.
  if (record.id.layer() == Layer::kStory && !record.subject.message.empty()) {
    event.fixed64(kFlowId, hash64(record.subject.message));
  }
}

}  // namespace

PerfettoWriter::PerfettoWriter(ByteSink& sink, const TraceHeader& header)
    : output_(sink), header_(header), next_session_(header.hosts.size() + 2) {}

// The world is track 1, host n is n + 2; sessions follow.
std::uint64_t PerfettoWriter::host_track(HostIndex host) {
  const std::uint64_t track = host == kWorld ? 1 : std::uint64_t{host} + 2;
  if (!std::exchange(declared_[host], true)) {
    declare_track(track, 0,
                  host == kWorld ? "the scenario" : printable(header_.name_of(host), kNameColumns));
  }
  return track;
}

void PerfettoWriter::declare_track(std::uint64_t track, std::uint64_t parent,
                                   std::string_view name) {
  ProtobufWriter descriptor;
  descriptor.varint(kUuid, track);
  if (parent != 0) descriptor.varint(kParentUuid, parent);
  descriptor.bytes(kTrackName, name);
  ProtobufWriter packet;
  packet.varint(kSequenceId, kSequence);
  packet.message(kTrackDescriptor, descriptor);
  write_packet(packet);
}

void PerfettoWriter::accept(const Record& record) {
  last_ = record.time;
  if (record.kind == Kind::kSessionOpened) return open_session(record);
  if (record.kind == Kind::kSessionClosed) return close_session(record);
  std::uint64_t track = host_track(record.host);
  if (record.id.layer() == Layer::kProtocol) {
    const auto session = sessions_.find({record.host, record.subject.connection});
    if (session != sessions_.end()) track = session->second;
  }
  write({kInstantEvent, track, name_of(record), &record}, record.time);
}

void PerfettoWriter::open_session(const Record& record) {
  const std::uint64_t parent = host_track(record.host);
  const auto [place, fresh] =
      sessions_.emplace(std::pair(record.host, record.subject.connection), next_session_);
  if (!fresh) return;
  ++next_session_;
  const std::string name =
      printable(fmt::format("{} {} {}", field_of(record, "protocol").text,
                            field_of(record, "side").text == "client" ? "to" : "from",
                            field_of(record, "peer").text),
                kNameColumns);
  declare_track(place->second, parent, name);
  write({kSliceBegin, place->second, name, &record}, record.time);
}

void PerfettoWriter::close_session(const Record& record) {
  const auto session = sessions_.find({record.host, record.subject.connection});
  if (session == sessions_.end()) return;
  write({kSliceEnd, session->second, {}, nullptr}, record.time);
  sessions_.erase(session);
}

void PerfettoWriter::write(const Event& event, Instant time) {
  ProtobufWriter written;
  written.varint(kType, event.type);
  written.varint(kTrackUuid, event.track);
  if (!event.name.empty()) written.bytes(kEventName, event.name);
  if (event.record != nullptr) describe(*event.record, written);
  ProtobufWriter packet;
  packet.varint(kTimestamp, static_cast<std::uint64_t>(time.ns));
  packet.varint(kSequenceId, kSequence);
  packet.message(kTrackEvent, written);
  write_packet(packet);
}

void PerfettoWriter::write_packet(const ProtobufWriter& packet) {
  ProtobufWriter trace;
  trace.message(kTracePacket, packet);
  output_.text() += trace.message();
  output_.written();
}

bool PerfettoWriter::finish() {
  for (const auto& [whose, track] : sessions_) write({kSliceEnd, track, {}, nullptr}, last_);
  output_.flush();
  return !output_.failed();
}

}  // namespace mailcosm::sim::view
