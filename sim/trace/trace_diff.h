// Comparison of two traces: the first record in which they diverge, with what led to it, and which
// layers differ.
//
// Records are aligned by id (host, layer and count), so that a run in which only times moved shows
// as such. Holds a few octets for each record that has no counterpart yet, never the traces.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/trace/trace_reader.h"

namespace mailcosm::sim {

// A trace that can be read from its start several times.
class TraceOpener {
 public:
  virtual ~TraceOpener() = default;
  virtual Result<std::unique_ptr<TraceReader>> open() = 0;
};

struct LayerDifference {
  std::uint64_t left = 0;  // records
  std::uint64_t right = 0;
  std::uint64_t only_left = 0;  // ids without counterpart
  std::uint64_t only_right = 0;
  std::uint64_t content = 0;  // same id; another kind, field, connection or message
  std::uint64_t causes = 0;   // same content; other causes
  std::uint64_t times = 0;    // same content and causes; another time

  bool differs() const { return only_left + only_right + content + causes + times != 0; }
  bool differs_beyond_times() const { return only_left + only_right + content + causes != 0; }
  std::uint64_t beyond_times() const { return only_left + only_right + content + causes; }
};

struct Divergence {
  RecordId id;
  std::optional<OwnedRecord> left;  // absent: only in the other trace
  std::optional<OwnedRecord> right;
  // What led to it, nearest cause first, at most kCausesShown; taken from the left trace if the
  // record is there.
  std::vector<OwnedRecord> causes;
  static constexpr std::size_t kCausesShown = 12;
};

struct TraceDifference {
  std::array<LayerDifference, kLayers> layers;
  std::map<Kind, LayerDifference> kinds;       // those with differences
  std::map<HostIndex, LayerDifference> hosts;  // those with differences
  // How much earlier or later the second trace is where only the time of a record differs.
  Duration earliest_shift{0}, latest_shift{0};
  bool headers_differ = false;      // hosts or epoch
  std::optional<Divergence> first;  // of any sort, earliest in virtual time
  std::optional<Divergence>
      first_beyond_times;  // the first that is not only a matter of times, if `first` is one

  bool equal() const;
  // One line for each layer and the verdict, for people.
  std::string summary() const;
};

// An error tells which trace could not be read.
Result<TraceDifference> diff_traces(TraceOpener& left, TraceOpener& right);

// The whole report for a terminal: verdict, first divergent records field by field, causes.
// `left_name` and `right_name` are what to call the traces, for example file names.
std::string describe(const TraceDifference& difference, const TraceHeader& header,
                     std::string_view left_name, std::string_view right_name);

}  // namespace mailcosm::sim
