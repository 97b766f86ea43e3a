// ServerBook: what a resolver has learned about the servers it asks: round-trip times, lameness,
// lack of EDNS.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "protocols/base/random.h"
#include "protocols/dns/name.h"

namespace mailcosm::dns {

class ServerBook {
 public:
  struct Settings {
    Duration timeout_first = std::chrono::milliseconds(800);
    Duration timeout_min = std::chrono::milliseconds(100);
    Duration timeout_max = std::chrono::seconds(6);
    Duration lame_ttl = std::chrono::minutes(15);
    std::size_t servers_max = 10'000;  // beyond it everything is forgotten
  };

  explicit ServerBook(const Settings& settings) : settings_(settings) {}

  // The lower, the better. A server never asked gets a small number drawn at random, so that all
  // are tried once.
  Duration rank(const IpAddress& server, Random& random);
  // How long to wait for an answer.
  Duration timeout(const IpAddress& server) const;
  void answered(const IpAddress& server, Duration round_trip);
  void timed_out(const IpAddress& server);
  // Makes those passed over a little more attractive, so that a server that was slow once is tried
  // again.
  void passed_over(const IpAddress& server);

  bool lacks_edns(const IpAddress& server) const;
  void set_lacks_edns(const IpAddress& server);

  bool is_lame(const IpAddress& server, NameView zone, Instant now) const;
  void set_lame(const IpAddress& server, NameView zone, Instant now);
  void forget();

 private:
  struct Server {
    Duration smoothed{0};
    Duration variation{0};
    int timeouts = 0;  // in a row
    bool measured = false;
    bool lacks_edns = false;
  };
  Server& server_at(const IpAddress& address);

  Settings settings_;
  std::map<IpAddress, Server> servers_;
  std::map<std::pair<IpAddress, Name>, Instant> lame_until_;
};

}  // namespace mailcosm::dns
