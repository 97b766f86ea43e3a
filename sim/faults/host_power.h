// HostPower: who switches hosts off and on. The owner of the programs on them implements it.
#pragma once

#include "sim/core/event.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim {

class HostPower {
 public:
  // Power fails: the host crashes and its programs are gone. `everything`: its disk is lost as
  // well. The host is running.
  virtual void fail(HostIndex host, bool everything, RecordId cause) = 0;
  // Power is back: the host runs, and its programs start from the same configuration.
  virtual void restore(HostIndex host, RecordId cause) = 0;

 protected:
  ~HostPower() = default;
};

}  // namespace mailcosm::sim
