#include "sim/trace/json_lines_reader.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"
#include "protocols/base/base64.h"
#include "sim/trace/kind_table.h"

namespace mailcosm::sim {
namespace {

// An id in the form of record and connection ids; anything else makes the cursor fail.
template <typename Id>
bool read_id(JsonCursor& cursor, std::string& scratch, Id& id) {
  if (!cursor.read_string(scratch)) return false;
  const Result<Id> parsed = Id::parse(scratch);
  if (!parsed) return cursor.fail(parsed.error().what);
  id = *parsed;
  return true;
}

}  // namespace

bool JsonLinesReader::fail(std::string_view what, std::size_t offset_in_line) {
  error_ = Error{fmt::format("line {}: {}", line_number_, what),
                 static_cast<std::size_t>(line_offset_ + offset_in_line)};
  return false;
}

bool JsonLinesReader::take_line(std::string_view& line) {
  ++line_number_;
  line_offset_ = input_.offset();
  switch (input_.take_line(limits_.record_octets_max, line)) {
    case InputBuffer::Line::kLine:
      return true;
    case InputBuffer::Line::kTooLong:
      return fail(fmt::format("longer than {} octets", limits_.record_octets_max), 0);
    case InputBuffer::Line::kUnfinished:
      return fail("the file ends within a line", line.size());
    case InputBuffer::Line::kEnd:
      break;
  }
  return fail(
      input_.source_failed() ? "the file cannot be read on" : "the file ends before its end record",
      0);
}

Result<void> JsonLinesReader::read_header() {
  std::string_view line;
  if (!take_line(line)) return *error_;
  JsonCursor cursor(line, limits_.json_depth_max);
  if (!parse_header(cursor)) {
    fail(cursor.error(), cursor.offset());
    return *error_;
  }
  return {};
}

bool JsonLinesReader::parse_header(JsonCursor& cursor) {
  if (!cursor.enter_object()) return false;
  std::int64_t version = 0;
  std::uint64_t kinds = 0;
  while (cursor.next_key(key_)) {
    if (key_ == "mailcosm_trace") {
      if (!cursor.read_integer(version)) return false;
      if (version < 1 || version > kTraceVersion) {
        return cursor.fail(fmt::format(
            "format version {} is not known; this program reads up to {}", version, kTraceVersion));
      }
    } else if (key_ == "kinds") {
      if (!read_digest(cursor, kinds)) return false;
    } else if (key_ == "epoch") {
      std::int64_t seconds = 0;
      if (!cursor.read_integer(seconds)) return false;
      if (seconds < -9'000'000'000 || seconds > 9'000'000'000) return cursor.fail("out of range");
      header_.epoch = WallTime{seconds * 1'000'000'000};
    } else if (key_ == "hosts") {
      if (!parse_hosts(cursor)) return false;
    } else if (!cursor.skip()) {
      return false;
    }
  }
  if (cursor.failed()) return false;
  if (version == 0) return cursor.fail("not the header of a trace");
  const bool comparable = version >= kDigestVersionMin && kinds == kind_table_digest();
  check_.emplace(header_.hosts.size(), comparable);
  return cursor.at_end() || cursor.fail("more than one value");
}

bool JsonLinesReader::parse_hosts(JsonCursor& cursor) {
  if (!cursor.enter_array()) return false;
  while (cursor.next_element()) {
    if (header_.hosts.size() == limits_.hosts_max) return cursor.fail("too many hosts");
    if (!parse_host_entry(cursor)) return false;
  }
  return !cursor.failed();
}

bool JsonLinesReader::parse_host_entry(JsonCursor& cursor) {
  if (!cursor.enter_object()) return false;
  TraceHost& host = header_.hosts.emplace_back();
  while (cursor.next_key(key_)) {
    if (key_ == "name") {
      if (!read_octets(cursor, host.name)) return false;
    } else if (key_ == "addresses") {
      if (!cursor.enter_array()) return false;
      while (cursor.next_element()) {
        if (!cursor.read_string(text_)) return false;
        const Result<IpAddress> address = IpAddress::parse(text_);
        if (!address) return cursor.fail(address.error().what);
        if (host.addresses.size() == limits_.addresses_max) {
          return cursor.fail("too many addresses");
        }
        host.addresses.push_back(*address);
      }
    } else if (!cursor.skip()) {
      return false;
    }
  }
  return !cursor.failed();
}

Result<bool> JsonLinesReader::next(OwnedRecord& record) {
  Found found = Found::kNothing;
  while (found == Found::kNothing && !ended_ && !error_) {
    std::string_view line;
    if (!take_line(line)) break;
    if (line.empty()) continue;
    JsonCursor cursor(line, limits_.json_depth_max);
    if (!parse_line(cursor, record, found)) fail(cursor.error(), cursor.offset());
    if (found == Found::kEnd) ended_ = true;
  }
  if (error_) return *error_;
  return !ended_;
}

// The first key tells what the line is.
bool JsonLinesReader::parse_line(JsonCursor& cursor, OwnedRecord& record, Found& found) {
  if (!cursor.enter_object()) return false;
  if (!cursor.next_key(key_)) return !cursor.failed();
  if (key_ == "id") {
    if (!parse_record(cursor, record, found)) return false;
  } else {
    const bool end = key_ == "end";
    const bool known = end || key_ == "checkpoint";
    if (known ? !parse_digests(cursor, end) : !cursor.skip()) return false;
    while (cursor.next_key(key_)) {
      if (!cursor.skip()) return false;
    }
    if (end) found = Found::kEnd;
  }
  if (cursor.failed()) return false;
  return cursor.at_end() || cursor.fail("more than one value in a line");
}

bool JsonLinesReader::parse_record(JsonCursor& cursor, OwnedRecord& record, Found& found) {
  kind_known_ = false;
  record.time = {};
  record.causes.clear();
  record.connection = {};
  record.message.clear();
  if (!read_id(cursor, text_, record.id)) return false;
  record.host = record.id.host();
  if (record.id.is_none() || (record.host != kWorld && record.host >= header_.hosts.size())) {
    return cursor.fail("the record's host does not exist");
  }
  bool kind_seen = false;
  while (cursor.next_key(key_)) {
    kind_seen = kind_seen || key_ == "kind";
    if (!parse_member(cursor, record)) return false;
  }
  if (cursor.failed()) return false;
  if (!kind_seen) return cursor.fail("the record has no kind");
  // A kind that lies in another layer is not the kind known here.
  kind_known_ = kind_known_ && info_of(record.kind).layer == record.id.layer();
  if (kind_known_) {
    check_->add(record);
    found = Found::kRecord;
  } else {
    check_->skip();
    ++skipped_;
  }
  return true;
}

bool JsonLinesReader::parse_member(JsonCursor& cursor, OwnedRecord& record) {
  if (key_ == "t") {
    if (!cursor.read_integer(record.time.ns)) return false;
    return record.time.ns >= 0 || cursor.fail("the record's time is out of range");
  }
  if (key_ == "kind") return parse_kind(cursor, record);
  if (key_ == "causes") return parse_causes(cursor, record);
  if (key_ == "connection") return read_id(cursor, text_, record.connection);
  if (key_ == "message") return read_octets(cursor, record.message);
  if (key_ == "fields" && kind_known_) return parse_fields(cursor, record);
  return cursor.skip();
}

bool JsonLinesReader::parse_kind(JsonCursor& cursor, OwnedRecord& record) {
  if (!cursor.read_string(text_)) return false;
  const std::optional<Kind> kind = kind_of(text_);
  kind_known_ = kind.has_value();
  if (!kind_known_) return true;
  record.kind = *kind;
  record.values.assign(info_of(*kind).fields.size(), {});
  return true;
}

bool JsonLinesReader::parse_causes(JsonCursor& cursor, OwnedRecord& record) {
  if (!cursor.enter_array()) return false;
  while (cursor.next_element()) {
    if (record.causes.size() == limits_.causes_max) return cursor.fail("too many causes");
    if (!read_id(cursor, text_, record.causes.emplace_back())) return false;
  }
  return !cursor.failed();
}

bool JsonLinesReader::parse_fields(JsonCursor& cursor, OwnedRecord& record) {
  if (!cursor.enter_object()) return false;
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  while (cursor.next_key(key_)) {
    std::size_t place = 0;
    while (place < fields.size() && fields[place].name != key_) ++place;
    const bool known = place < fields.size();
    if (known ? !read_value(cursor, fields[place].type, record.values[place]) : !cursor.skip()) {
      return false;
    }
  }
  return !cursor.failed();
}

bool JsonLinesReader::read_value(JsonCursor& cursor, FieldType type, OwnedValue& value) {
  if (type == FieldType::kText || type == FieldType::kBytes) return read_octets(cursor, value.text);
  if (type == FieldType::kFlag) {
    bool flag = false;
    if (!cursor.read_flag(flag)) return false;
    value.number = flag ? 1 : 0;
    return true;
  }
  if (type == FieldType::kInstant && cursor.peek() == '"') {
    value.number = Instant::never().ns;
    return cursor.read_string(text_) &&
           (text_ == "never" || cursor.fail("an instant is malformed"));
  }
  return cursor.read_integer(value.number);
}

bool JsonLinesReader::read_octets(JsonCursor& cursor, std::string& output) {
  if (cursor.peek() != '{') return cursor.read_string(output);
  std::string name;
  if (!cursor.enter_object() || !cursor.next_key(name)) return cursor.fail("octets are malformed");
  if (name != "base64" || !cursor.read_string(text_)) return cursor.fail("octets are malformed");
  std::optional<std::string> octets = base64::decode(text_);
  if (!octets) return cursor.fail("base64 is malformed");
  output = std::move(*octets);
  if (cursor.next_key(name)) return cursor.fail("octets are malformed");
  return !cursor.failed();
}

bool JsonLinesReader::read_digest(JsonCursor& cursor, std::uint64_t& digest) {
  if (!cursor.read_string(text_)) return false;
  digest = 0;
  for (char c : text_) {
    const int value = ascii::hex_value(c);
    if (value < 0) return cursor.fail("a digest is malformed");
    digest = digest << 4 | static_cast<std::uint64_t>(value);
  }
  return text_.size() == 16 || cursor.fail("a digest is malformed");
}

// The object behind "checkpoint" or "end".
bool JsonLinesReader::parse_digests(JsonCursor& cursor, bool end) {
  if (!cursor.enter_object()) return false;
  std::string failure;
  while (cursor.next_key(key_)) {
    if (key_ == "records") {
      std::int64_t records = 0;
      if (!cursor.read_integer(records)) return false;
      failure = check_->compare_count(static_cast<std::uint64_t>(records));
    } else if (key_ == "digest" && end) {
      if (!read_digest(cursor, digest_)) return false;
      failure = check_->compare_all(digest_);
    } else if (key_ == "digests") {
      if (!parse_host_digests(cursor)) return false;
    } else if (!cursor.skip()) {
      return false;
    }
    if (!failure.empty()) return cursor.fail(failure);
  }
  return !cursor.failed();
}

bool JsonLinesReader::parse_host_digests(JsonCursor& cursor) {
  if (!cursor.enter_object()) return false;
  while (cursor.next_key(key_)) {
    const Result<HostIndex> host = parse_host(key_);
    if (!host) return cursor.fail(host.error().what);
    std::uint64_t digest = 0;
    if (!read_digest(cursor, digest)) return false;
    const std::string failure = check_->compare_host(*host, digest);
    if (!failure.empty()) return cursor.fail(failure);
  }
  return !cursor.failed();
}

}  // namespace mailcosm::sim
