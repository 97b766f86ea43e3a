// Scenario: everything a world is built from, with all shorthands expanded and all names resolved.
//
// Plain data without behaviour. A Scenario that parse() returned is consistent: every name refers
// to something that exists, hosts and addresses are unique, zones are good master files and times
// lie between 0 and `until`. Vectors keep a stable order (shorthands in the order of the file, then
// what is spelled out), so that a world built by walking them is deterministic.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/scenario/dns_model.h"
#include "sim/scenario/expectation.h"
#include "sim/scenario/fault.h"
#include "sim/scenario/lesson.h"
#include "sim/scenario/mail_model.h"
#include "sim/scenario/network.h"
#include "sim/scenario/source_position.h"
#include "sim/scenario/story.h"
#include "sim/scenario/traffic.h"

namespace mailcosm::sim::scenario {

struct Scenario {
  std::vector<std::string> files;  // names that SourcePosition::file refers to
  std::string title;
  std::string about;
  std::string lesson;
  std::uint64_t seed = 1;
  WallTime epoch;  // wall time at which the run starts
  Instant until;  // the run ends here at the latest; it ends earlier when nothing is left to happen

  bool canary = false;  // reads the machine's clock, so that --verify must refuse it

  std::vector<Host> hosts;
  std::vector<Router> routers;
  std::vector<Link> links;
  std::vector<Zone> zones;
  std::vector<DnsServer> dns_servers;
  std::vector<Resolver> resolvers;
  std::vector<Mta> mtas;
  std::vector<MailboxServer> mailbox_servers;
  std::vector<Client> clients;
  Traffic traffic;
  std::vector<Step> story;  // sorted by time; equal times keep the order of the text
  std::vector<Fault> faults;  // in the order of the text
  std::vector<Expectation> expectations;
  std::vector<LessonPoint> lesson_points;  // in the order of the text
};

}  // namespace mailcosm::sim::scenario
