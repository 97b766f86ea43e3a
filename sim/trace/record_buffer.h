// RecordBuffer: records that one partition of a world has made, until those of the other
// partitions that come before them are there as well.
//
// Each record is kept with the key of the event during which it was made, so that the records of
// several buffers can be handed on in the one order of the run. Memory is reused: nothing is
// allocated once the buffer has held its largest load.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "sim/core/simulator.h"
#include "sim/trace/record.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

class RecordBuffer final : public RecordSink {
 public:
  // Events come from this simulator, which must outlive the buffer.
  explicit RecordBuffer(const Simulator& simulator) : simulator_(&simulator) {}

  void accept(const Record& record) override;

  bool empty() const { return next_ == entries_.size(); }
  std::size_t size() const { return entries_.size() - next_; }
  // REQUIRES: !empty().
  const EventKey& front_key() const { return entries_[next_].key; }
  // Hands the first record on. REQUIRES: !empty().
  void pop_to(const Recorder& recorder);

 private:
  struct Entry {
    EventKey key;
    std::size_t begin;  // in bytes_
  };

  void forget_what_is_gone();

  const Simulator* simulator_;
  std::vector<Entry> entries_;
  std::size_t next_ = 0;
  std::vector<char> bytes_;
  std::vector<Value> values_;  // scratch space
};

// Hands on the records of all buffers that were made before `end`, in the order of the run.
void merge(std::span<RecordBuffer* const> buffers, Instant end, const Recorder& recorder);

}  // namespace mailcosm::sim
