#include "sim/trace/json_lines_writer.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <iterator>

#include "sim/trace/id_text.h"
#include "sim/trace/json_text.h"
#include "sim/trace/kind_table.h"

namespace mailcosm::sim {
namespace {

void append_number(std::int64_t number, std::string& output) {
  std::array<char, 24> text;
  output.append(text.data(), std::to_chars(text.begin(), text.end(), number).ptr);
}

void append_value(const FieldInfo& field, const Value& value, std::string& output) {
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kBytes:
      append_json_octets(value.text, output);
      return;
    case FieldType::kFlag:
      output += value.number != 0 ? "true" : "false";
      return;
    case FieldType::kInstant:
      if (Instant{value.number}.is_never()) {
        output += "\"never\"";
        return;
      }
      break;
    case FieldType::kNumber:
    case FieldType::kDuration:
      break;
  }
  append_number(value.number, output);
}

template <typename Id>
void append_id(Id id, std::string& output) {
  std::array<char, kIdTextMax> text;
  OctetCursor cursor(text.data());
  write_id(id, cursor);
  output.append(text.data(), cursor.at());
}

void append_causes(std::span<const RecordId> causes, std::string& output) {
  output += ",\"causes\":[";
  for (std::size_t i = 0; i < causes.size(); ++i) {
    output += i == 0 ? "\"" : ",\"";
    append_id(causes[i], output);
    output += '"';
  }
  output += ']';
}

}  // namespace

JsonLinesWriter::JsonLinesWriter(ByteSink& sink, const TraceHeader& header,
                                 const TraceWriterOptions& options)
    : output_(sink), header_(header), options_(options), chain_(header.hosts.size()) {
  write_header();
}

void JsonLinesWriter::write_header() {
  std::string& text = output_.text();
  fmt::format_to(std::back_inserter(text),
                 "{{\"mailcosm_trace\":{},\"kinds\":\"{}\",\"epoch\":{},\"hosts\":[", kTraceVersion,
                 digest_text(kind_table_digest()), header_.epoch.seconds());
  for (std::size_t i = 0; i < header_.hosts.size(); ++i) {
    text += i == 0 ? "{\"name\":" : ",{\"name\":";
    append_json_octets(header_.hosts[i].name, text);
    text += ",\"addresses\":[";
    for (std::size_t a = 0; a < header_.hosts[i].addresses.size(); ++a) {
      fmt::format_to(std::back_inserter(text), "{}\"{}\"", a == 0 ? "" : ",",
                     header_.hosts[i].addresses[a].to_string());
    }
    text += "]}";
  }
  text += "]}\n";
  output_.written();
}

void JsonLinesWriter::accept(const Record& record) {
  if (record.id.layer() > options_.deepest) return;
  std::string& text = output_.text();
  text += "{\"id\":\"";
  append_id(record.id, text);
  text += "\",\"t\":";
  append_number(record.time.ns, text);
  text += ",\"host\":";
  append_json_octets(header_.name_of(record.host), text);
  text += ",\"kind\":\"";
  text += info_of(record.kind).name;
  text += '"';
  if (!record.causes.empty()) append_causes(record.causes, text);
  if (!record.subject.connection.is_none()) {
    text += ",\"connection\":\"";
    append_id(record.subject.connection, text);
    text += '"';
  }
  if (!record.subject.message.empty()) {
    text += ",\"message\":";
    append_json_octets(record.subject.message, text);
  }
  write_values(record);
  chain_.add(record);
  if (chain_.records() % options_.checkpoint_interval == 0) {
    fmt::format_to(std::back_inserter(text),
                   "{{\"checkpoint\":{{\"records\":{},\"digests\":", chain_.records());
    write_digests();
    text += "}}\n";
  }
  output_.written();
}

void JsonLinesWriter::write_values(const Record& record) {
  std::string& text = output_.text();
  text += ",\"fields\":{";
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    text += i == 0 ? "\"" : ",\"";
    text += fields[i].name;
    text += "\":";
    append_value(fields[i], record.values[i], text);
  }
  text += "}}\n";
}

void JsonLinesWriter::write_digests() {
  std::string& text = output_.text();
  text += '{';
  bool first = true;
  for (HostIndex host : chain_.take_changed()) {
    text += first ? "\"" : ",\"";
    text += host == kWorld ? 'w' : 'h';
    if (host != kWorld) append_number(host, text);
    fmt::format_to(std::back_inserter(text), "\":\"{:016x}\"", chain_.digest(host));
    first = false;
  }
  text += '}';
}

bool JsonLinesWriter::finish() {
  std::string& text = output_.text();
  fmt::format_to(std::back_inserter(text),
                 "{{\"end\":{{\"records\":{},\"digests\":", chain_.records());
  write_digests();
  fmt::format_to(std::back_inserter(text), ",\"digest\":\"{}\"}}}}\n",
                 digest_text(chain_.digest()));
  output_.flush();
  return !output_.failed();
}

}  // namespace mailcosm::sim
