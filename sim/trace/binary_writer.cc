#include "sim/trace/binary_writer.h"

#include <cstring>

#include "protocols/base/bytes.h"

namespace mailcosm::sim {
namespace {

constexpr std::size_t kVarintMax = OctetCursor::kVarintMax;

std::size_t varint_size(std::size_t value) {
  std::size_t size = 1;
  while ((value >>= 7) != 0) ++size;
  return size;
}

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

// Octets that a record takes at most, and at least.
struct Sizes {
  std::size_t most = 0;
  std::size_t least = 0;

  void add(std::string_view text) {
    most += text.size();
    // Others may have been remembered.
    if (!binary::is_remembered(text.size())) least += text.size();
  }
};

Sizes sizes_of(const Record& record) {
  Sizes sizes;
  sizes.add(record.subject.message);
  for (const Value& value : record.values) sizes.add(value.text);
  // Kind, id, number of causes, connection, message: eight numbers.
  sizes.most += kVarintMax * (8 + 2 * record.causes.size() + record.values.size());
  return sizes;
}

}  // namespace

BinaryWriter::BinaryWriter(ByteSink& sink, const TraceHeader& header,
                           const TraceWriterOptions& options)
    : output_(sink),
      options_(options),
      chain_(header.hosts.size()),
      counts_(header.hosts.size()),
      places_(std::make_unique<binary::StringPlaces>()) {
  write_header(header);
}

void BinaryWriter::write_header(const TraceHeader& header) {
  std::string text;
  ByteWriter body(text);
  body.varint(binary::zigzag(header.epoch.seconds()));
  write_kinds(body);
  body.varint(header.hosts.size());
  for (const TraceHost& host : header.hosts) {
    write_plain(host.name, body);
    body.varint(host.addresses.size());
    for (const IpAddress& address : host.addresses) write_plain(address.octets(), body);
  }
  OctetCursor front(output_.room(binary::kMagic.size() + kVarintMax));
  front.append(binary::kMagic);
  front.varint(kTraceVersion);
  output_.filled_to(front.at());
  OctetCursor item = begin_item(text.size(), text.size());
  item.append(text);
  end_item(item);
}

OctetCursor BinaryWriter::begin_item(std::size_t size_max, std::size_t probable_size) {
  item_ = output_.room(kVarintMax + size_max);
  body_ = item_ + varint_size(probable_size);
  return OctetCursor(body_);
}

void BinaryWriter::end_item(const OctetCursor& body) {
  const auto size = static_cast<std::size_t>(body.at() - body_);
  char* const right = item_ + varint_size(size);
  if (right != body_) std::memmove(right, body_, size);
  OctetCursor(item_).varint(size);
  output_.filled_to(right + size);
}

void BinaryWriter::accept(const Record& record) {
  if (record.id.layer() > options_.deepest) return;
  const Sizes sizes = sizes_of(record);
  OctetCursor body = begin_item(sizes.most, sizes.least);
  body.varint(binary::kFirstKind + static_cast<std::uint64_t>(record.kind));
  write_id(record, body);
  write_causes(record, body);
  const ConnectionId connection = record.subject.connection;
  body.varint(connection.is_none() ? 0 : binary::slot_of(connection.opener()));
  if (!connection.is_none()) body.varint(connection.count());
  write_string(record.subject.message, body);
  write_values(record, body);
  end_item(body);
  chain_.add(record);
  if (chain_.records() % options_.checkpoint_interval == 0) write_checkpoint();
}

void BinaryWriter::write_id(const Record& record, OctetCursor& body) {
  const std::uint64_t slot = binary::slot_of(record.host);
  body.varint(slot);
  std::uint64_t& last = counts_.at(slot, record.id.layer());
  body.varint(binary::zigzag(static_cast<std::int64_t>(record.id.count() - last - 1)));
  last = record.id.count();
  body.varint(binary::zigzag((record.time - last_time_).count()));  // times are not negative
  last_time_ = record.time;
}

void BinaryWriter::write_causes(const Record& record, OctetCursor& body) {
  body.varint(record.causes.size());
  for (RecordId cause : record.causes) {
    const std::uint64_t slot = binary::slot_of(cause.host());
    body.varint(slot << 2 | static_cast<std::uint64_t>(cause.layer()));
    const std::uint64_t last = slot < counts_.slots() ? counts_.at(slot, cause.layer()) : 0;
    body.varint(binary::zigzag(static_cast<std::int64_t>(cause.count() - last)));
  }
}

void BinaryWriter::write_string(std::string_view text, OctetCursor& body) {
  if (binary::is_remembered(text.size())) {
    if (const auto place = places_->find_or_add(text)) return body.varint(*place << 1 | 1);
  }
  body.varint(text.size() << 1);
  body.append(text);
}

void BinaryWriter::write_values(const Record& record, OctetCursor& body) {
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].type == FieldType::kText || fields[i].type == FieldType::kBytes) {
      write_string(record.values[i].text, body);
    } else {
      body.varint(binary::zigzag(record.values[i].number));
    }
  }
}

void BinaryWriter::write_checkpoint() {
  const std::span<const HostIndex> changed = chain_.take_changed();
  const std::size_t size_max = (kVarintMax + 8) * changed.size() + 3 * kVarintMax;
  OctetCursor body = begin_item(size_max, size_max);
  body.varint(binary::kCheckpoint);
  write_digests(changed, body);
  end_item(body);
}

void BinaryWriter::write_digests(std::span<const HostIndex> changed, OctetCursor& body) {
  body.varint(chain_.records());
  body.varint(changed.size());
  for (HostIndex host : changed) {
    body.varint(binary::slot_of(host));
    body.u64(chain_.digest(host));
  }
}

bool BinaryWriter::finish() {
  const std::span<const HostIndex> changed = chain_.take_changed();
  const std::size_t size_max = (kVarintMax + 8) * changed.size() + 3 * kVarintMax + 8;
  OctetCursor body = begin_item(size_max, size_max);
  body.varint(binary::kEnd);
  write_digests(changed, body);
  body.u64(chain_.digest());
  end_item(body);
  output_.flush();
  return !output_.failed();
}

}  // namespace mailcosm::sim
