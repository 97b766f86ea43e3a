// Host, Router and Link: the network of an expanded scenario.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

// A machine that runs programs. Names are lower-case domain names without a final dot, unique over
// hosts and routers.
struct Host {
  std::string name;
  std::string organisation;          // domain it belongs to, or empty
  std::vector<IpAddress> addresses;  // at least one; the first is the one it sends from
  std::vector<IpAddress>
      name_servers;  // recursive resolvers that its stub resolver asks, in order; may be empty
  SourcePosition source;
};

// A machine that only passes packets on. It has no address.
struct Router {
  std::string name;
  std::string organisation;
  SourcePosition source;
};

// A two-way link between two machines; the settings hold for each direction.
struct Link {
  std::string a;  // name of a host or router
  std::string b;
  Duration latency{};            // one way, at least 1 ns
  std::int64_t bandwidth = 0;    // bit/s; 0 is unlimited
  Duration jitter{};             // a packet takes up to this much longer than `latency`
  std::int64_t loss = 0;         // packets lost in a million
  std::int64_t duplication = 0;  // packets doubled in a million
  bool reorders = false;         // whether jitter may let a packet overtake another
  std::int64_t queue = 1000;     // packets that wait for a busy link; one more is dropped
  bool up = true;                // at the start of the run
  SourcePosition source;
};

// All addresses that share the first `bits` bits with `base`, written 192.0.2.0/24.
struct AddressRange {
  IpAddress base;
  int bits = 0;
  friend bool operator==(const AddressRange&, const AddressRange&) = default;
};

}  // namespace mailcosm::sim::scenario
