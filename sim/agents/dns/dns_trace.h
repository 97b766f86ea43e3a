// The trace records of DNS messages, the same for servers, resolvers and stubs.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/dns/cache.h"
#include "protocols/dns/server.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

// While it lives, the trace's current cause may be changed; then it is again what it was.
class CauseScope {
 public:
  explicit CauseScope(HostTrace& trace) : trace_(trace), before_(trace.cause()) {}
  ~CauseScope() { trace_.set_cause(before_); }
  CauseScope(const CauseScope&) = delete;
  CauseScope& operator=(const CauseScope&) = delete;

 private:
  HostTrace& trace_;
  RecordId before_;
};

// dns.sent or dns.received; becomes the current cause. `connection` names the stream of a message
// over TCP; `also` is a cause besides the current one.
RecordId trace_dns(HostTrace& trace, Kind kind, const Endpoint& peer, dns::Transport transport,
                   std::string_view bytes, ConnectionId connection = {}, RecordId also = {});

// cache.stored or cache.hit.
RecordId trace_cache(HostTrace& trace, Kind kind, const dns::Cache::Entry& entry,
                     std::uint32_t ttl);

// Emits a record with two causes; either may be none, and equal ones count once.
RecordId emit_with_both(HostTrace& trace, Kind kind, RecordId one, RecordId other,
                        std::initializer_list<Value> values, const Subject& subject = {});

// "10 mx.blue.com.; 20 mx2.blue.com."
std::string data_text(dns::Type type, const std::vector<std::string>& rdatas);

}  // namespace mailcosm::sim
