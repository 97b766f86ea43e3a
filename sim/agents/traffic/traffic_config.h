// TrafficConfig: what the users of one client host do.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "sim/agents/traffic/user_directory.h"
#include "sim/population/arrival_process.h"
#include "sim/population/count_distribution.h"
#include "sim/population/size_distribution.h"
#include "sim/population/zipf.h"

namespace mailcosm::sim {

struct TrafficConfig {
  std::shared_ptr<const UserDirectory> directory;
  std::uint64_t first = 0;  // number of the first user here
  std::uint64_t users = 0;  // at least 1

  std::uint64_t mails = 0;  // that they write
  Duration begin{};
  ArrivalModel arrivals;
  CountModel recipients;
  SizeDistribution size;                 // octets of bodies
  std::int64_t local = 0;                // millionths: recipients of the sender's own domain
  std::shared_ptr<const Zipf> activity;  // of at least `users` ranks
  std::string submission_server;
  std::uint16_t submission_port = 587;

  std::int64_t imap = 0;  // millionths: users who read by it
  std::int64_t pop3 = 0;
  Duration check_every{};  // more than 0
  Instant read_until;
  std::string retrieval_server;
  std::uint16_t imap_port = 143;
  std::uint16_t pop3_port = 110;

  std::vector<IpAddress> resolvers;
};

}  // namespace mailcosm::sim
