// ReplyFaults: the faults of one host that delay, drop or answer commands of its clients.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "sim/agents/common/interference.h"
#include "sim/host/runtime.h"
#include "sim/scenario/fault.h"

namespace mailcosm::sim {

// Outlives the programs of its host: what has been counted stays counted over a restart.
class ReplyFaults final : public Interferer {
 public:
  // The host must outlive it.
  explicit ReplyFaults(Runtime& host) : host_(&host) {}

  // The fault must stay until end(). `began` is the record of its beginning.
  void begin(std::size_t number, const scenario::Fault& fault, RecordId began);
  void end(std::size_t number);

  // Of several that fit, each that delays, and the first that drops or answers, strikes.
  Interference on_command(const Command& command) override;

 private:
  struct Active {
    std::size_t number;
    const scenario::Fault* fault;
    const scenario::ReplyFault* effect;
    RecordId began;
    std::int64_t struck = 0;
    std::map<IpAddress, std::deque<Instant>> seen;  // within `per`, for a rate
  };
  static bool fits(const scenario::ReplyFault& effect, const Command& command);
  // Whether the command goes beyond the rate; counts it.
  bool is_over(Active& active, const IpAddress& client);
  void tell(const Active& active, const Command& command);

  Runtime* host_;
  std::vector<Active> active_;  // in the order in which they began
};

}  // namespace mailcosm::sim
