// TraceHeader: what a reader must know before the first record: the hosts in order of their index,
// and the wall time at which virtual time starts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "sim/core/event.h"

namespace mailcosm::sim {

struct TraceHost {
  std::string name;
  std::vector<IpAddress> addresses;
  friend bool operator==(const TraceHost&, const TraceHost&) = default;
};

struct TraceHeader {
  WallTime epoch;  // whole seconds
  std::vector<TraceHost> hosts;

  // "-" for the world and for an index that no host has.
  std::string_view name_of(HostIndex host) const {
    return host < hosts.size() ? std::string_view(hosts[host].name) : std::string_view("-");
  }
  friend bool operator==(const TraceHeader&, const TraceHeader&) = default;
};

}  // namespace mailcosm::sim
