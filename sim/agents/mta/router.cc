#include "sim/agents/mta/router.h"

#include "protocols/base/ascii.h"

namespace mailcosm::sim {
namespace {

// How specific a match is; -1: none.
int match(std::string_view pattern, std::string_view domain) {
  if (pattern == "*") return 0;
  if (pattern.starts_with('.') && ascii::ends_with_ignoring_case(domain, pattern)) {
    return static_cast<int>(pattern.size());
  }
  return -1;
}

}  // namespace

Router::Router(std::span<const MtaRoute> routes) {
  for (const MtaRoute& route : routes) {
    if (route.domain == "*" || route.domain.starts_with('.')) {
      patterns_.push_back(route);
    } else {
      domains_.emplace(ascii::to_lower(route.domain), route);
    }
  }
}

const MtaRoute* Router::find(std::string_view domain) const {
  if (!domains_.empty()) {
    const auto exact = domains_.find(ascii::to_lower(domain));
    if (exact != domains_.end()) return &exact->second;
  }
  const MtaRoute* best = nullptr;
  int best_match = -1;
  for (const MtaRoute& route : patterns_) {
    const int found = match(route.domain, domain);
    if (found > best_match) {
      best = &route;
      best_match = found;
    }
  }
  return best;
}

Destination Router::route(const mail::Address& recipient) const {
  const MtaRoute* route = find(recipient.domain);
  if (route == nullptr || route->transport == MtaRoute::Transport::kMx) {
    return {MtaRoute::Transport::kMx, ascii::to_lower(recipient.domain), 25};
  }
  return {route->transport, ascii::to_lower(route->server), route->port};
}

}  // namespace mailcosm::sim
