// Partition: the clock, the events and the records of a part of the hosts of a world.
#pragma once

#include "sim/core/simulator.h"
#include "sim/trace/record_buffer.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

// Cache lines of their own, so that threads that run neighbours do not slow each other down.
struct alignas(64) Partition {
  // The recorder of the world must outlive it.
  explicit Partition(Recorder& whole) : recorder(whole) {}
  Partition(const Partition&) = delete;
  Partition& operator=(const Partition&) = delete;

  Simulator simulator;
  Recorder recorder;
  RecordBuffer records{simulator};
};

}  // namespace mailcosm::sim
