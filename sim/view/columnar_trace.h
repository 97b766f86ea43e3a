// ColumnarTrace: a trace as columns, the form in which the replay page reads it
// (docs/trace-format.md, "The columnar form").
//
// Holds every record it is given in some 50 octets, and every string once. How many records that
// may be is the caller's choice (sim/view/selection.h).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"
#include "sim/view/network_map.h"
#include "sim/view/string_table.h"

namespace mailcosm::sim::view {

struct ColumnarOptions {
  bool frames = false;  // the octets of packets, besides their summaries
  std::size_t string_octets_max = 65'536;
};

// Columns with one entry for each record, or for each record of a kind.
struct Columns {
  std::vector<RecordId> ids;
  std::vector<std::int64_t> times;
  std::vector<Kind> kinds;
  std::vector<std::uint32_t> connections;  // 0 none, else place in connection_names + 1
  std::vector<std::uint32_t> messages;     // numbers of strings
  std::vector<std::uint32_t> cause_counts;
  std::vector<RecordId> causes;  // of all records, one after the other
  std::vector<ConnectionId> connection_names;

  struct OfKind {
    std::vector<std::uint32_t> rows;
    // By field; which of both is filled follows from the type.
    std::vector<std::vector<std::uint32_t>> strings;
    std::vector<std::vector<std::int64_t>> numbers;
  };
  std::vector<OfKind> fields;  // by kind
};

class ColumnarTrace final : public RecordSink {
 public:
  explicit ColumnarTrace(const TraceHeader& header, const ColumnarOptions& options = {});

  void accept(const Record& record) override;

  // The text of the scenario, if it is at hand.
  void set_scenario(std::string text) { scenario_ = std::move(text); }
  // A sentence for the reader about what the trace has and these columns have not.
  void set_left_out(std::string sentence) { left_out_ = std::move(sentence); }

  const TraceHeader& header() const { return header_; }
  NetworkMap map() const { return map_.map(); }
  const StringTable& strings() const { return strings_; }
  const Columns& columns() const { return columns_; }
  const std::string& scenario() const { return scenario_; }
  const std::string& left_out() const { return left_out_; }
  // Empty until run.started came.
  std::string title() const;
  // A field of the only record of a kind; the empty string or 0 if there is none.
  const std::string& text_of(Kind kind, std::string_view field, std::size_t place = 0) const;
  std::int64_t number_of(Kind kind, std::string_view field) const;

 private:
  void keep_values(const Record& record);

  TraceHeader header_;
  ColumnarOptions options_;
  MapReader map_;
  StringTable strings_;
  Columns columns_;
  std::map<ConnectionId, std::uint32_t> connection_numbers_;
  std::string scenario_, left_out_;
};

}  // namespace mailcosm::sim::view
