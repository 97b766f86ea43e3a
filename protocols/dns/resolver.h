// Resolver: a caching iterative resolver as an engine, for many look-ups at once (RFC 1034
// section 5.3.3).
//
// resolve() opens a look-up; identical questions in flight are worked on once. The engine walks
// from the deepest zone cut it knows (at first the root hints) down to the zone that answers,
// follows CNAMEs, resolves the addresses of name servers that came without glue, and remembers all
// of it. Events are pulled with next(); the owner sends what QueryToSend says, from a fresh port
// for each query, and hands replies back with the QueryId that the port or connection belongs to. A
// reply counts only if it comes from the server asked and repeats id and question; data outside the
// asked server's zone is dropped (RFC 2181 section 5.4.1, RFC 5452). Work is bounded: every look-up
// ends, at worst with SERVFAIL.
//
// Call order: after any call that takes `now`, pull next() until it gives std::monostate. Views in
// events live until the following call of the engine.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "protocols/base/random.h"
#include "protocols/dns/cache.h"
#include "protocols/dns/message.h"
#include "protocols/dns/server.h"

namespace mailcosm::dns {

// A server that is known beforehand: normally one of the root.
struct Hint {
  Name name;
  std::vector<IpAddress> addresses;
};

// A zone of the resolver's own network ("stub zone"), and where it is served.
struct LocalZone {
  Name origin;
  std::vector<IpAddress> servers;
};

// How a look-up ended: what a recursive service answers.
struct Answer {
  Rcode rcode = Rcode::kServFail;   // NOERROR (perhaps with NODATA), NXDOMAIN or SERVFAIL
  std::vector<Record> answers;      // the CNAME chain in order, then the records; TTLs as of now
  std::vector<Record> authorities;  // the SOA of a negative answer
  bool from_cache = false;          // nothing had to be asked
  std::string_view reason;          // why SERVFAIL; a literal
};

class Resolver {
 public:
  using LookupId = std::uint64_t;
  using QueryId = std::uint64_t;

  struct Settings {
    std::vector<Hint> root_hints;
    // Zones whose servers are known beforehand: names within are asked there, not from the root on.
    std::vector<LocalZone> local_zones;
    bool use_ipv4 = true;
    bool use_ipv6 = true;
    std::uint16_t edns_octets = kEdnsUdpOctets;  // 0: no EDNS
    Cache::Limits cache;
    // Leniency: believes addresses of name servers that the asked server has no say about. Invites
    // poisoned caches.
    bool believe_any_glue = false;

    // Limits of the work on one look-up, including that on its name servers (RFC 1034
    // section 5.3.3: "bound the amount of work").
    int queries_max = 100;
    int depth_max = 8;   // look-ups of name servers within look-ups
    int chain_max = 12;  // CNAME steps
    int referrals_max = 30;
    int servers_unresolved_max = 4;  // name servers without address that are resolved at a time
    Duration lookup_max = std::chrono::seconds(30);
    std::size_t lookups_max = 10'000;

    // First time-out for a server not yet measured, and the bounds of later ones (RFC 6298 with
    // DNS's own figures).
    Duration timeout_first = std::chrono::milliseconds(800);
    Duration timeout_min = std::chrono::milliseconds(100);
    Duration timeout_max = std::chrono::seconds(6);
    Duration tcp_timeout = std::chrono::seconds(10);
    int tries_per_server_max = 3;
    Duration failure_ttl = std::chrono::seconds(5);  // RFC 9520 section 3.2: at least one second
    Duration lame_ttl = std::chrono::minutes(15);
  };

  struct QueryToSend {
    QueryId query = 0;
    Endpoint server;
    Transport transport = Transport::kUdp;
    std::string_view bytes;  // without the length of TCP framing
  };
  // Its port or connection can be closed.
  struct QueryEnded {
    QueryId query = 0;
  };
  struct CacheStored {
    const Cache::Entry& entry;
  };
  struct CacheHit {
    LookupId lookup = 0;  // 0: for the resolver's own needs
    const Cache::Entry& entry;
    std::uint32_t ttl = 0;  // seconds left
  };
  struct Answered {
    LookupId lookup = 0;
    const Question& question;
    const Answer& answer;
  };
  using Event =
      std::variant<std::monostate, QueryToSend, QueryEnded, CacheStored, CacheHit, Answered>;

  Resolver(Settings settings, Random random);
  ~Resolver();
  Resolver(Resolver&&) noexcept;
  Resolver& operator=(Resolver&&) noexcept;

  // The answer comes as an Answered event, also when it is in the cache or the question is refused.
  LookupId resolve(const Question& question, Instant now);
  // No Answered event will follow; work that nobody else waits for ends.
  void cancel(LookupId lookup, Instant now);

  // A datagram that came to the port of `query`.
  void receive_datagram(QueryId query, const Endpoint& from, std::string_view bytes, Instant now);
  // A whole message on the connection of `query`.
  void receive_message(QueryId query, std::string_view bytes, Instant now);
  // Port unreachable, connection refused or ended without an answer.
  void fail(QueryId query, Instant now);
  Event next(Instant now);
  void expire(Instant now);
  Instant deadline() const;

  const Cache& cache() const;
  void flush_cache();
  std::size_t lookups_open() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace mailcosm::dns
