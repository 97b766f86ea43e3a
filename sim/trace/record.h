// Record: one thing that happened. Everything observable becomes an ordered sequence of these; the
// narrative, captures, statistics and expectations are readers of it.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>

#include "protocols/base/instant.h"
#include "sim/trace/kind.h"

namespace mailcosm::sim {

// The value of one field. Which member counts follows from the field's type in the kind table.
struct Value {
  std::int64_t number = 0;
  std::string_view text;

  Value() = default;
  template <std::integral T>
  Value(T n) : number(static_cast<std::int64_t>(n)) {}    // NOLINT: implicit on purpose
  Value(Duration duration) : number(duration.count()) {}  // NOLINT: implicit on purpose
  Value(Instant instant) : number(instant.ns) {}          // NOLINT: implicit on purpose
  template <std::convertible_to<std::string_view> T>
  Value(const T& t) : text(t) {}  // NOLINT: implicit on purpose
};

// What a record is about, besides its fields.
struct Subject {
  ConnectionId connection;
  // The Message-ID field's value with its angle brackets, which names one message on all its way;
  // empty if none.
  std::string_view message;
};

// Views live only as long as the call that hands the record over.
struct Record {
  RecordId id;
  Instant time;
  HostIndex host = kWorld;
  Kind kind = Kind::kNote;
  std::span<const RecordId> causes;
  Subject subject;
  std::span<const Value> values;  // in the order of info_of(kind).fields, and as many
  // Of all of the above: content_digest(), set by whoever makes the record.
  std::uint64_t digest = 0;
};

// A reader of the running trace. Called in the total order of the run.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void accept(const Record& record) = 0;
};

}  // namespace mailcosm::sim
