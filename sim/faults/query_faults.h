// QueryFaults: the faults of one name server or resolver.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/agents/dns/query_interference.h"
#include "sim/host/runtime.h"
#include "sim/scenario/fault.h"

namespace mailcosm::sim {

// Outlives the programs of its host, as ReplyFaults does.
class QueryFaults final : public QueryInterferer {
 public:
  // The host must outlive it.
  explicit QueryFaults(Runtime& host) : host_(&host) {}

  // The fault must stay until end(). `began` is the record of its beginning.
  void begin(std::size_t number, const scenario::Fault& fault, RecordId began);
  void end(std::size_t number);

  // Of several that fit, each that delays, and the first that answers otherwise, strikes.
  QueryInterference on_query(std::string_view name, std::string_view type,
                             dns::Transport transport) override;

 private:
  struct Active {
    std::size_t number;
    const scenario::Fault* fault;
    const scenario::DnsFault* effect;
    RecordId began;
    std::int64_t struck = 0;
  };
  void tell(const Active& active, std::string_view name, std::string_view type);

  Runtime* host_;
  std::vector<Active> active_;  // in the order in which they began
};

}  // namespace mailcosm::sim
