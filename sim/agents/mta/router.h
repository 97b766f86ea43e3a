// Router: which way the mail for a recipient takes.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "protocols/mail/address.h"
#include "sim/agents/mta/mta_config.h"

namespace mailcosm::sim {

// Recipients with equal destinations can share a transaction and a connection.
struct Destination {
  MtaRoute::Transport transport = MtaRoute::Transport::kMx;
  std::string host;  // kMx: the domain whose MX are wanted; else the server
  std::uint16_t port = 25;

  friend auto operator<=>(const Destination&, const Destination&) = default;
};

class Router {
 public:
  explicit Router(std::span<const MtaRoute> routes);

  // The route of the most specific domain: the domain itself, then the longest ".suffix", then "*",
  // then MX.
  Destination route(const mail::Address& recipient) const;

 private:
  const MtaRoute* find(std::string_view domain) const;

  // The first of several for the same domain, by lower-case domain.
  std::map<std::string, MtaRoute, std::less<>> domains_;
  std::vector<MtaRoute> patterns_;  // ".suffix" and "*"
};

}  // namespace mailcosm::sim
