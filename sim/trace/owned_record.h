// OwnedRecord: a record that keeps its values, as readers of trace files give it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/record.h"

namespace mailcosm::sim {

// Number or text, whichever the field's type asks for; the other is zero or empty.
struct OwnedValue {
  std::int64_t number = 0;
  std::string text;
  friend bool operator==(const OwnedValue&, const OwnedValue&) = default;
};

struct OwnedRecord {
  RecordId id;
  Instant time;
  HostIndex host = kWorld;
  Kind kind = Kind::kNote;
  std::vector<RecordId> causes;
  ConnectionId connection;
  std::string message;
  std::vector<OwnedValue> values;  // as many as info_of(kind).fields

  static OwnedRecord copy_of(const Record& record);

  // REQUIRES: the kind has a field of this name.
  std::string_view text(std::string_view field) const;
  std::int64_t number(std::string_view field) const;

  friend bool operator==(const OwnedRecord&, const OwnedRecord&) = default;
};

// The same record as views, which live as long as the OwnedRecord and this object.
class RecordView {
 public:
  explicit RecordView(const OwnedRecord& record);
  const Record& record() const { return record_; }
  RecordView(const RecordView&) = delete;
  RecordView& operator=(const RecordView&) = delete;

 private:
  std::vector<Value> values_;
  Record record_;
};

// Value of a field of a record. REQUIRES: the kind has a field of this name.
const Value& field_of(const Record& record, std::string_view field);

}  // namespace mailcosm::sim
