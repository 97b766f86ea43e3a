#include "sim/trace/binary_writer.h"

namespace mailcosm::sim {
namespace {

void write_plain(std::string_view text, ByteWriter& body) {
  body.varint(text.size());
  body.append(text);
}

void write_kinds(ByteWriter& body) {
  body.varint(kKinds);
  for (int number = 0; number < kKinds; ++number) {
    const KindInfo& info = info_of(static_cast<Kind>(number));
    write_plain(info.name, body);
    body.u8(static_cast<std::uint8_t>(info.layer));
    body.varint(info.fields.size());
    for (const FieldInfo& field : info.fields) {
      write_plain(field.name, body);
      body.u8(static_cast<std::uint8_t>(field.type));
    }
  }
}

}  // namespace

BinaryWriter::BinaryWriter(ByteSink& sink, const TraceHeader& header,
                           const TraceWriterOptions& options)
    : output_(sink),
      options_(options),
      chain_(header.hosts.size()),
      counts_(header.hosts.size()),
      remembered_(binary::kRemembered) {
  write_header(header);
}

void BinaryWriter::write_header(const TraceHeader& header) {
  ByteWriter front(output_.text());
  front.append(binary::kMagic);
  front.varint(kTraceVersion);
  body_.clear();
  ByteWriter body(body_);
  body.varint(binary::zigzag(header.epoch.seconds()));
  write_kinds(body);
  body.varint(header.hosts.size());
  for (const TraceHost& host : header.hosts) {
    write_plain(host.name, body);
    body.varint(host.addresses.size());
    for (const IpAddress& address : host.addresses) write_plain(address.octets(), body);
  }
  write_item();
}

void BinaryWriter::write_item() {
  ByteWriter output(output_.text());
  output.varint(body_.size());
  output.append(body_);
  output_.written();
}

void BinaryWriter::accept(const Record& record) {
  if (record.id.layer() > options_.deepest) return;
  body_.clear();
  ByteWriter body(body_);
  body.varint(binary::kFirstKind + static_cast<std::uint64_t>(record.kind));
  write_id(record, body);
  body.varint(record.causes.size());
  for (RecordId cause : record.causes) {
    const std::uint64_t slot = binary::slot_of(cause.host());
    body.varint(slot << 2 | static_cast<std::uint64_t>(cause.layer()));
    const std::uint64_t last = slot < counts_.slots() ? counts_.at(slot, cause.layer()) : 0;
    body.varint(binary::zigzag(static_cast<std::int64_t>(cause.count() - last)));
  }
  const ConnectionId connection = record.subject.connection;
  body.varint(connection.is_none() ? 0 : binary::slot_of(connection.opener()));
  if (!connection.is_none()) body.varint(connection.count());
  write_string(record.subject.message, body);
  write_values(record, body);
  write_item();
  chain_.add(record);
  if (chain_.records() % options_.checkpoint_interval != 0) return;
  body_.clear();
  body.varint(binary::kCheckpoint);
  write_digests(body);
  write_item();
}

void BinaryWriter::write_id(const Record& record, ByteWriter& body) {
  const std::uint64_t slot = binary::slot_of(record.host);
  body.varint(slot);
  std::uint64_t& last = counts_.at(slot, record.id.layer());
  body.varint(binary::zigzag(static_cast<std::int64_t>(record.id.count() - last - 1)));
  last = record.id.count();
  body.varint(binary::zigzag((record.time - last_time_).count()));  // times are not negative
  last_time_ = record.time;
}

void BinaryWriter::write_string(std::string_view text, ByteWriter& body) {
  if (!binary::is_remembered(text.size())) {
    body.varint(text.size() << 1);
    body.append(text);
    return;
  }
  if (const auto found = places_.find(text); found != places_.end()) {
    body.varint(found->second << 1 | 1);
    return;
  }
  body.varint(text.size() << 1);
  body.append(text);
  std::string& place = remembered_[next_place_];
  if (!place.empty()) places_.erase(place);
  place = text;
  places_.emplace(place, next_place_);
  next_place_ = (next_place_ + 1) % binary::kRemembered;
}

void BinaryWriter::write_values(const Record& record, ByteWriter& body) {
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].type == FieldType::kText || fields[i].type == FieldType::kBytes) {
      write_string(record.values[i].text, body);
    } else {
      body.varint(binary::zigzag(record.values[i].number));
    }
  }
}

void BinaryWriter::write_digests(ByteWriter& body) {
  body.varint(chain_.records());
  const std::vector<HostIndex> changed = chain_.take_changed();
  body.varint(changed.size());
  for (HostIndex host : changed) {
    body.varint(binary::slot_of(host));
    body.u64(chain_.digest(host));
  }
}

bool BinaryWriter::finish() {
  body_.clear();
  ByteWriter body(body_);
  body.varint(binary::kEnd);
  write_digests(body);
  body.u64(chain_.digest());
  write_item();
  output_.flush();
  return !output_.failed();
}

}  // namespace mailcosm::sim
