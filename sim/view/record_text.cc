#include "sim/view/record_text.h"

#include <fmt/format.h>

#include "sim/trace/line_text.h"
#include "sim/trace/narrative/facts.h"
#include "sim/trace/owned_record.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim::view {
namespace {

std::string value_text(const FieldInfo& field, const Value& value) {
  switch (field.type) {
    case FieldType::kText:
      return std::string(value.text);
    case FieldType::kBytes:
      return fmt::format("({} octets)", narrative::grouped(value.text.size()));
    case FieldType::kNumber:
      return std::to_string(value.number);
    case FieldType::kDuration:
      return duration_text(Duration(value.number));
    case FieldType::kInstant:
      return time_text(Instant{value.number});
    case FieldType::kFlag:
      return value.number != 0 ? "yes" : "no";
  }
  return {};
}

std::string fields_text(const Record& record) {
  std::string text(info_of(record.kind).name);
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    text += fmt::format("{} {} {}", i == 0 ? ":" : ",", fields[i].name,
                        value_text(fields[i], record.values[i]));
  }
  return text;
}

std::string full_text(const Record& record, const narrative::Names& names) {
  if (const auto outcome = narrative::outcome_of(record, names)) return outcome->text;
  if (const auto event = narrative::event_of(record)) return event->text;
  switch (record.kind) {
    case Kind::kLineSent:
      return fmt::format("-> {}", field_of(record, "text").text);
    case Kind::kLineReceived:
      return fmt::format("<- {}", field_of(record, "text").text);
    case Kind::kDnsSent:
      return fmt::format("-> DNS {}", field_of(record, "summary").text);
    case Kind::kDnsReceived:
      return fmt::format("<- DNS {}", field_of(record, "summary").text);
    case Kind::kNote:
      return std::string(field_of(record, "text").text);
    default:
      return fields_text(record);
  }
}

}  // namespace

std::string record_text(const Record& record, const narrative::Names& names, std::size_t columns) {
  return printable(full_text(record, names), columns);
}

}  // namespace mailcosm::sim::view
