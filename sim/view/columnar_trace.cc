#include "sim/view/columnar_trace.h"

namespace mailcosm::sim::view {
namespace {

bool is_string(FieldType type) { return type == FieldType::kText || type == FieldType::kBytes; }

std::size_t place_of(Kind kind, std::string_view field) {
  const std::span<const FieldInfo> fields = info_of(kind).fields;
  std::size_t place = 0;
  while (place < fields.size() && fields[place].name != field) ++place;
  CHECK(place < fields.size());
  return place;
}

}  // namespace

ColumnarTrace::ColumnarTrace(const TraceHeader& header, const ColumnarOptions& options)
    : header_(header), options_(options), map_(header), strings_(options.string_octets_max) {
  columns_.fields.resize(kKinds);
  for (int number = 0; number < kKinds; ++number) {
    Columns::OfKind& of_kind = columns_.fields[static_cast<std::size_t>(number)];
    const std::size_t fields = info_of(static_cast<Kind>(number)).fields.size();
    of_kind.strings.resize(fields);
    of_kind.numbers.resize(fields);
  }
}

void ColumnarTrace::accept(const Record& record) {
  map_.accept(record);
  columns_.ids.push_back(record.id);
  columns_.times.push_back(record.time.ns);
  columns_.kinds.push_back(record.kind);
  std::uint32_t connection = 0;
  if (!record.subject.connection.is_none()) {
    const auto next = static_cast<std::uint32_t>(columns_.connection_names.size()) + 1;
    const auto [place, fresh] = connection_numbers_.emplace(record.subject.connection, next);
    if (fresh) columns_.connection_names.push_back(record.subject.connection);
    connection = place->second;
  }
  columns_.connections.push_back(connection);
  columns_.messages.push_back(strings_.number_of(record.subject.message));
  columns_.cause_counts.push_back(static_cast<std::uint32_t>(record.causes.size()));
  columns_.causes.insert(columns_.causes.end(), record.causes.begin(), record.causes.end());
  keep_values(record);
}

void ColumnarTrace::keep_values(const Record& record) {
  Columns::OfKind& of_kind = columns_.fields[static_cast<std::size_t>(record.kind)];
  of_kind.rows.push_back(static_cast<std::uint32_t>(columns_.ids.size() - 1));
  const std::span<const FieldInfo> fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (is_string(fields[i].type)) {
      const bool frame = fields[i].name == "frame" && !options_.frames;
      of_kind.strings[i].push_back(frame ? 0 : strings_.number_of(record.values[i].text));
    } else {
      of_kind.numbers[i].push_back(record.values[i].number);
    }
  }
}

const std::string& ColumnarTrace::text_of(Kind kind, std::string_view field,
                                          std::size_t place) const {
  const auto& column =
      columns_.fields[static_cast<std::size_t>(kind)].strings[place_of(kind, field)];
  return strings_.at(place < column.size() ? column[place] : 0);
}

std::int64_t ColumnarTrace::number_of(Kind kind, std::string_view field) const {
  const auto& column =
      columns_.fields[static_cast<std::size_t>(kind)].numbers[place_of(kind, field)];
  return column.empty() ? 0 : column.front();
}

std::string ColumnarTrace::title() const { return text_of(Kind::kRunStarted, "title"); }

}  // namespace mailcosm::sim::view
