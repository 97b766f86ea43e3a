#include "protocols/dns/server_book.h"

#include <algorithm>

namespace mailcosm::dns {
namespace {

constexpr std::uint64_t kUnknownRankMax = 32'000'000;  // ns
constexpr int kBackoffMax = 6;

}  // namespace

ServerBook::Server& ServerBook::server_at(const IpAddress& address) {
  if (servers_.size() >= settings_.servers_max && servers_.count(address) == 0) servers_.clear();
  return servers_[address];
}

Duration ServerBook::rank(const IpAddress& address, Random& random) {
  Server& server = server_at(address);
  if (!server.measured && server.timeouts == 0 && server.smoothed.count() == 0) {
    server.smoothed = Duration(static_cast<std::int64_t>(1 + random.below(kUnknownRankMax)));
  }
  return server.smoothed;
}

Duration ServerBook::timeout(const IpAddress& address) const {
  const auto found = servers_.find(address);
  if (found == servers_.end()) return settings_.timeout_first;
  const Server& server = found->second;
  Duration wait =
      server.measured ? server.smoothed + 4 * server.variation : settings_.timeout_first;
  wait = std::max(wait, settings_.timeout_min);
  for (int i = 0; i < std::min(server.timeouts, kBackoffMax); ++i) wait *= 2;
  return std::min(wait, settings_.timeout_max);
}

// RFC 6298 section 2.
void ServerBook::answered(const IpAddress& address, Duration round_trip) {
  Server& server = server_at(address);
  server.timeouts = 0;
  if (!server.measured) {
    server.measured = true;
    server.smoothed = round_trip;
    server.variation = round_trip / 2;
    return;
  }
  const Duration difference = std::max(server.smoothed - round_trip, round_trip - server.smoothed);
  server.variation = (3 * server.variation + difference) / 4;
  server.smoothed = (7 * server.smoothed + round_trip) / 8;
}

void ServerBook::timed_out(const IpAddress& address) {
  const Duration waited = timeout(address);
  Server& server = server_at(address);
  ++server.timeouts;
  // The rank falls behind every server that answers.
  server.smoothed = std::min(std::max(2 * server.smoothed, waited), 2 * settings_.timeout_max);
}

void ServerBook::passed_over(const IpAddress& address) {
  const auto found = servers_.find(address);
  if (found != servers_.end()) found->second.smoothed -= found->second.smoothed / 64;
}

bool ServerBook::lacks_edns(const IpAddress& address) const {
  const auto found = servers_.find(address);
  return found != servers_.end() && found->second.lacks_edns;
}

void ServerBook::set_lacks_edns(const IpAddress& address) { server_at(address).lacks_edns = true; }

bool ServerBook::is_lame(const IpAddress& address, NameView zone, Instant now) const {
  const auto found = lame_until_.find({address, Name(zone)});
  return found != lame_until_.end() && found->second > now;
}

void ServerBook::set_lame(const IpAddress& address, NameView zone, Instant now) {
  if (lame_until_.size() >= settings_.servers_max) lame_until_.clear();
  lame_until_[{address, Name(zone)}] = now + settings_.lame_ttl;
}

void ServerBook::forget() {
  servers_.clear();
  lame_until_.clear();
}

}  // namespace mailcosm::dns
