#include "sim/trace/owned_record.h"

#include "protocols/base/check.h"
#include "sim/trace/digest_chain.h"

namespace mailcosm::sim {
namespace {

std::size_t place_of(Kind kind, std::string_view field) {
  const std::span<const FieldInfo> fields = info_of(kind).fields;
  std::size_t place = 0;
  while (place < fields.size() && fields[place].name != field) ++place;
  CHECK(place < fields.size());
  return place;
}

}  // namespace

OwnedRecord OwnedRecord::copy_of(const Record& record) {
  OwnedRecord copy;
  copy.id = record.id;
  copy.time = record.time;
  copy.host = record.host;
  copy.kind = record.kind;
  copy.causes.assign(record.causes.begin(), record.causes.end());
  copy.connection = record.subject.connection;
  copy.message = record.subject.message;
  for (const Value& value : record.values) {
    copy.values.push_back({value.number, std::string(value.text)});
  }
  return copy;
}

std::string_view OwnedRecord::text(std::string_view field) const {
  return values[place_of(kind, field)].text;
}

std::int64_t OwnedRecord::number(std::string_view field) const {
  return values[place_of(kind, field)].number;
}

RecordView::RecordView(const OwnedRecord& record) {
  values_.resize(record.values.size());
  for (std::size_t i = 0; i < values_.size(); ++i) {
    values_[i].number = record.values[i].number;
    values_[i].text = record.values[i].text;
  }
  record_ = {record.id,   record.time,   record.host,
             record.kind, record.causes, {record.connection, record.message},
             values_};
  record_.digest = content_digest(record_);
}

const Value& field_of(const Record& record, std::string_view field) {
  return record.values[place_of(record.kind, field)];
}

}  // namespace mailcosm::sim
