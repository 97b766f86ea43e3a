// Selection: which records of a trace a picture shows, and a sentence about what it leaves out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/base/result.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_reader.h"

namespace mailcosm::sim::view {

// What belongs to one message, connection or host, with all that led to it.
struct Focus {
  enum class Subject : std::uint8_t { kMessage, kConnection, kHost };
  Subject subject = Subject::kMessage;
  // A Message-ID with or without its brackets, or the place of a message among those composed, from
  // 1; a connection id; a host's name.
  std::string value;
};

// Records of the world (declarations, story, faults, expectations) are in every selection.
struct Selection {
  Layer deepest = Layer::kPacket;
  std::optional<Instant> from;  // earlier records are left out
  std::optional<Instant> to;    // later ones are
  std::optional<Focus> focus;
  // If there would be more, packets are left out, then protocol lines, then what comes later.
  std::size_t records_max = 1'000'000;
};

// The records of one trace that are shown, by their place in it.
class Shown {
 public:
  bool contains(std::uint64_t place) const { return place < shown_.size() && shown_[place]; }
  std::uint64_t shown() const { return count_; }
  std::uint64_t records() const { return shown_.size(); }
  // "Left out: 1,200 of 5,000 records: packets, since there are too many." Empty if nothing is.
  const std::string& left_out() const { return left_out_; }

 private:
  friend class Chooser;
  std::vector<bool> shown_;
  std::uint64_t count_ = 0;
  std::string left_out_;
};

// Reads the whole trace. An error if it cannot be read, or has nothing of what the focus names. A
// trace without an end record counts as far as it goes; `left_out` says so.
Result<Shown> choose(TraceReader& reader, const Selection& selection);

// Reads the trace once more from its start and hands on what is shown.
Result<void> read_shown(TraceReader& reader, const Shown& shown, RecordSink& sink);

}  // namespace mailcosm::sim::view
