#include "sim/trace/binary_reader.h"

#include <fmt/format.h>

#include "sim/trace/kind_table.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint64_t kCountMax = 0xfffffffff;             // of a record id
constexpr std::uint64_t kConnectionCountMax = 0xffffffffff;  // of a connection id
constexpr std::uint64_t kSlotMax = 0xfffffe;

// A count written as the difference to the last one; nothing if it is out of range.
std::optional<std::uint64_t> count_after(std::uint64_t last, std::uint64_t written) {
  const std::uint64_t count = last + static_cast<std::uint64_t>(binary::unzigzag(written));
  if (count > kCountMax) return std::nullopt;
  return count;
}

}  // namespace

bool BinaryReader::fail(std::string_view what) {
  if (!error_) error_ = Error{std::string(what), static_cast<std::size_t>(item_offset_)};
  return false;
}

bool BinaryReader::take_item(std::string_view& body) {
  item_offset_ = input_.offset();
  std::uint64_t length = 0;
  std::size_t length_size = 0;
  do {
    if (!input_.fill(length_size + 1)) {
      if (input_.source_failed()) return fail("the file cannot be read on");
      return fail(length_size == 0 ? "the file ends before its end record"
                                   : "the file ends within an item");
    }
    const auto octet = static_cast<unsigned char>(input_.available()[length_size]);
    length |= std::uint64_t{octet & 127u} << (7 * length_size);
    ++length_size;
    if (octet < 128) break;
  } while (length_size < 5);
  if (length > limits_.record_octets_max) {
    return fail(fmt::format("an item is longer than {} octets", limits_.record_octets_max));
  }
  if (!input_.fill(length_size + length)) return fail("the file ends within an item");
  body = input_.available().substr(length_size, length);
  input_.consume(length_size + length);
  return true;
}

Result<void> BinaryReader::read_header() {
  // open_trace() has seen the magic.
  input_.consume(binary::kMagic.size());
  item_offset_ = input_.offset();
  if (!input_.fill(1)) return Error{"the file ends within its header", 0};
  const auto version = static_cast<unsigned char>(input_.available().front());
  if (version < 1 || version > kTraceVersion) {
    fail(fmt::format("format version {} is not known; this program reads up to {}", version,
                     kTraceVersion));
    return *error_;
  }
  input_.consume(1);
  std::string_view item;
  if (!take_item(item)) return *error_;
  ByteReader body(item);
  if (!parse_header(body, version) || body.failed()) {
    fail("the header is malformed");
    return *error_;
  }
  return {};
}

bool BinaryReader::parse_header(ByteReader& body, std::uint32_t version) {
  const std::int64_t seconds = binary::unzigzag(body.varint());
  if (seconds < -9'000'000'000 || seconds > 9'000'000'000) return fail("the epoch is out of range");
  header_.epoch = WallTime{seconds * 1'000'000'000};
  const std::uint64_t kinds = body.varint();
  if (kinds > limits_.kinds_max) return fail("too many kinds");
  bool comparable = version >= kDigestVersionMin && kinds == kKinds;
  for (std::size_t number = 0; number < kinds; ++number) {
    if (!parse_kind(body, comparable, number)) return false;
  }
  if (!parse_hosts(body)) return false;
  check_.emplace(header_.hosts.size(), comparable);
  counts_.emplace(header_.hosts.size());
  return true;
}

bool BinaryReader::parse_kind(ByteReader& body, bool& comparable, std::size_t number) {
  FileKind& kind = kinds_.emplace_back();
  kind.kind = kind_of(body.take(body.varint()));
  const std::uint8_t layer = body.u8();
  const std::uint64_t fields = body.varint();
  if (body.failed() || layer >= kLayers || fields > limits_.fields_max) {
    return fail("the table of kinds is malformed");
  }
  kind.layer = static_cast<Layer>(layer);
  if (kind.kind && info_of(*kind.kind).layer != kind.layer) kind.kind.reset();
  for (std::uint64_t i = 0; i < fields; ++i) {
    if (!parse_field(body, kind)) return false;
  }
  // Digests can be compared if the table is ours in every respect.
  if (!kind.kind || static_cast<std::size_t>(*kind.kind) != number) {
    comparable = false;
    return true;
  }
  const KindInfo& info = info_of(*kind.kind);
  comparable = comparable && info.fields.size() == fields;
  for (std::size_t i = 0; comparable && i < fields; ++i) {
    comparable = kind.fields[i].place == static_cast<int>(i);
  }
  return true;
}

bool BinaryReader::parse_field(ByteReader& body, FileKind& kind) {
  const std::string_view name = body.take(body.varint());
  const std::uint8_t type = body.u8();
  if (body.failed() || type >= kFieldTypes) return fail("the table of kinds is malformed");
  FileField& field = kind.fields.emplace_back();
  field.type = static_cast<FieldType>(type);
  if (!kind.kind) return true;
  const std::span<const FieldInfo> ours = info_of(*kind.kind).fields;
  for (std::size_t place = 0; place < ours.size(); ++place) {
    if (ours[place].name == name && ours[place].type == field.type) {
      field.place = static_cast<int>(place);
    }
  }
  return true;
}

bool BinaryReader::parse_hosts(ByteReader& body) {
  const std::uint64_t hosts = body.varint();
  if (hosts > limits_.hosts_max) return fail("too many hosts");
  for (std::uint64_t i = 0; i < hosts; ++i) {
    if (!parse_host(body)) return false;
  }
  return true;
}

bool BinaryReader::parse_host(ByteReader& body) {
  TraceHost& host = header_.hosts.emplace_back();
  host.name = body.take(body.varint());
  const std::uint64_t addresses = body.varint();
  if (body.failed() || addresses > limits_.addresses_max) return fail("a host is malformed");
  for (std::uint64_t i = 0; i < addresses; ++i) {
    const std::string_view octets = body.take(body.varint());
    if (octets.size() != 4 && octets.size() != 16) return fail("an address is malformed");
    host.addresses.push_back(IpAddress::from_octets(octets));
  }
  return true;
}

Result<bool> BinaryReader::next(OwnedRecord& record) {
  while (!ended_ && !error_) {
    std::string_view item;
    if (!take_item(item)) break;
    ByteReader body(item);
    const std::uint64_t tag = body.varint();
    const FileKind* kind = nullptr;
    if (tag == binary::kCheckpoint || tag == binary::kEnd) {
      if (!parse_digests(body, tag == binary::kEnd)) break;
    } else if (body.failed() || tag - binary::kFirstKind >= kinds_.size()) {
      fail("the record's kind is not in the table of kinds");
      break;
    } else {
      kind = &kinds_[tag - binary::kFirstKind];
      if (!parse_record(body, *kind, record)) break;
    }
    if (body.failed() || body.remaining() != 0) {
      fail("an item is malformed");
    } else if (kind != nullptr && kind->kind) {
      check_->add(record);
      return true;
    } else if (kind != nullptr) {
      check_->skip();
      ++skipped_;
    }
  }
  if (error_) return *error_;
  return false;
}

// Records of unknown kinds are read as well: ids and strings of later ones refer to them.
bool BinaryReader::parse_record(ByteReader& body, const FileKind& kind, OwnedRecord& record) {
  if (kind.kind) {
    record.kind = *kind.kind;
    record.values.assign(info_of(*kind.kind).fields.size(), {});
  }
  return parse_id(body, kind.layer, record) && parse_causes(body, record) &&
         parse_subject(body, record) && parse_values(body, kind, record);
}

bool BinaryReader::parse_id(ByteReader& body, Layer layer, OwnedRecord& record) {
  const std::uint64_t slot = body.varint();
  if (slot >= counts_->slots()) return fail("the record's host does not exist");
  std::uint64_t& last = counts_->at(slot, layer);
  const auto count = count_after(last + 1, body.varint());
  if (!count) return fail("the record's id is out of range");
  last = *count;
  record.host = binary::host_of(slot);
  record.id = RecordId(record.host, layer, *count);
  const std::int64_t delta = binary::unzigzag(body.varint());
  if (__builtin_add_overflow(last_time_.ns, delta, &last_time_.ns) || last_time_.ns < 0) {
    return fail("the record's time is out of range");
  }
  record.time = last_time_;
  return true;
}

bool BinaryReader::parse_causes(ByteReader& body, OwnedRecord& record) {
  record.causes.clear();
  const std::uint64_t causes = body.varint();
  if (causes > limits_.causes_max) return fail("too many causes");
  for (std::uint64_t i = 0; i < causes; ++i) {
    const std::uint64_t where = body.varint();
    const std::uint64_t written = body.varint();
    const std::uint64_t slot = where >> 2;
    if (slot > kSlotMax || (where & 3) >= kLayers) return fail("a cause is malformed");
    const auto layer = static_cast<Layer>(where & 3);
    const std::uint64_t last = slot < counts_->slots() ? counts_->at(slot, layer) : 0;
    const auto count = count_after(last, written);
    if (!count) return fail("a cause is out of range");
    record.causes.emplace_back(binary::host_of(slot), layer, *count);
  }
  return true;
}

bool BinaryReader::parse_subject(ByteReader& body, OwnedRecord& record) {
  const std::uint64_t slot = body.varint();
  record.connection = {};
  if (slot != 0) {
    const std::uint64_t count = body.varint();
    if (slot > kSlotMax || count > kConnectionCountMax) return fail("a connection is malformed");
    record.connection = ConnectionId::of(binary::host_of(slot), count);
  }
  return parse_string(body, record.message);
}

bool BinaryReader::parse_values(ByteReader& body, const FileKind& kind, OwnedRecord& record) {
  for (const FileField& field : kind.fields) {
    const bool known = kind.kind && field.place >= 0;
    OwnedValue* value = known ? &record.values[static_cast<std::size_t>(field.place)] : nullptr;
    if (field.type == FieldType::kText || field.type == FieldType::kBytes) {
      if (!parse_string(body, known ? value->text : ignored_)) return false;
    } else {
      const std::int64_t number = binary::unzigzag(body.varint());
      if (known) value->number = field.type == FieldType::kFlag && number != 0 ? 1 : number;
    }
  }
  return true;
}

bool BinaryReader::parse_string(ByteReader& body, std::string& output) {
  const std::uint64_t what = body.varint();
  if ((what & 1) != 0) {
    const std::uint64_t place = what >> 1;
    if (place >= binary::kRemembered || remembered_[place].empty()) {
      return fail("a string refers to none before it");
    }
    output = remembered_[place];
    return true;
  }
  const std::string_view text = body.take(what >> 1);
  if (body.failed()) return fail("a string is cut off");
  output = text;
  if (!binary::is_remembered(text.size())) return true;
  remembered_[next_place_] = text;
  next_place_ = (next_place_ + 1) % binary::kRemembered;
  return true;
}

bool BinaryReader::parse_digests(ByteReader& body, bool end) {
  const std::string wrong_count = check_->compare_count(body.varint());
  if (!wrong_count.empty()) return fail(wrong_count);
  const std::uint64_t hosts = body.varint();
  if (hosts > counts_->slots()) return fail("more digests than hosts");
  for (std::uint64_t i = 0; i < hosts; ++i) {
    const std::uint64_t slot = body.varint();
    const std::uint64_t digest = body.u64();
    if (slot > kSlotMax) return fail("a digest is malformed");
    const std::string failure = check_->compare_host(binary::host_of(slot), digest);
    if (!failure.empty()) return fail(failure);
  }
  if (!end) return true;
  digest_ = body.u64();
  ended_ = true;
  const std::string failure = check_->compare_all(digest_);
  return failure.empty() || fail(failure);
}

}  // namespace mailcosm::sim
