// StubResolver: asks the host's recursive resolvers, for another agent of the same host.
//
// Queries go by UDP with EDNS to the first resolver; after a time-out to the next, all of them
// twice; a truncated answer is asked for again by TCP. A handler is called exactly once for each
// look-up that is not cancelled, later and never from inside lookup(). During the call the trace's
// current cause is the lookup.answered record. Nothing is cached here. The handler must outlive the
// look-up or cancel it; the StubResolver must be destroyed before the Runtime.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/dns/message.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

enum class LookupStatus : std::uint8_t {
  kFound,
  kNxDomain,       // the name does not exist
  kNoData,         // the name exists, without records of this type
  kServerFailure,  // the resolver could not find out, or refused
  kTimeout,        // no resolver answered
};
// NOERROR, NXDOMAIN, NODATA, SERVFAIL, TIMEOUT.
std::string_view to_string(LookupStatus status);
// Trying again later may help.
constexpr bool is_temporary(LookupStatus status) {
  return status == LookupStatus::kServerFailure || status == LookupStatus::kTimeout;
}

struct LookupResult {
  LookupStatus status = LookupStatus::kTimeout;
  dns::Name name;  // as asked
  dns::Type type = dns::Type::kA;
  dns::Name canonical;               // the end of the CNAME chain; `name` without one
  std::vector<dns::Record> records;  // of the asked type, owned by `canonical`; empty unless kFound
  Duration ttl{0};                   // the shortest of the answer, chain included
  RecordId record;                   // lookup.answered
};

class LookupHandler {
 public:
  virtual void on_lookup(std::uint64_t token, const LookupResult& result) = 0;

 protected:
  ~LookupHandler() = default;
};

using LookupId = std::uint64_t;

class StubResolver {
 public:
  struct Settings {
    Duration timeout = std::chrono::seconds(5);  // for one try
    int rounds = 2;                              // over all resolvers
    std::uint16_t edns_octets = dns::kEdnsUdpOctets;
  };

  StubResolver(Runtime& runtime, std::vector<IpAddress> resolvers)
      : StubResolver(runtime, std::move(resolvers), Settings()) {}
  StubResolver(Runtime& runtime, std::vector<IpAddress> resolvers, const Settings& settings);
  ~StubResolver();
  StubResolver(const StubResolver&) = delete;
  StubResolver& operator=(const StubResolver&) = delete;

  LookupId lookup(const dns::Name& name, dns::Type type, LookupHandler& handler,
                  std::uint64_t token = 0);
  // `name` as people write it, absolute, with or without the final dot. Text that is no domain name
  // gives kNxDomain.
  LookupId lookup(std::string_view name, dns::Type type, LookupHandler& handler,
                  std::uint64_t token = 0);
  // No effect if it is over already.
  void cancel(LookupId lookup);

  Runtime& runtime() { return runtime_; }
  std::size_t open() const { return lookups_.size(); }

 private:
  class Lookup;

  LookupId open_lookup(std::unique_ptr<Lookup> lookup);
  void finish(LookupId lookup, LookupResult result);

  Runtime& runtime_;
  std::vector<IpAddress> resolvers_;
  Settings settings_;
  Random random_;
  LookupId next_id_ = 1;
  std::map<LookupId, std::unique_ptr<Lookup>> lookups_;
};

}  // namespace mailcosm::sim
