// Traffic: large numbers of users who write to each other and read, as plain data.
//
// Users are counted and not listed: those of a group are called u1, u2, ... of one domain. All
// users of a scenario are numbered from 0 in the order of the groups.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/population/arrival_process.h"
#include "sim/population/count_distribution.h"
#include "sim/population/size_distribution.h"
#include "sim/scenario/mail_model.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

// The local parts of its users are `names` with a number from 1 to `count` instead of the star. The
// login is the mail address, the password the local part and "-password".
struct UserGroup {
  std::string domain;
  std::string names;  // with one star: "u*"
  std::int64_t count = 0;
  SourcePosition source;
};

// What the users write. Numbers without unit are millionths.
struct TrafficMails {
  ArrivalModel arrivals;
  Duration begin{};             // nobody writes before
  CountModel recipients;        // of one message
  std::int64_t local = 0;       // how likely a recipient is one of the sender's own domain
  std::int64_t popularity = 0;  // exponent of the Zipf distribution of recipients
  std::int64_t activity = 0;    // and of senders
  SizeDistribution size;        // of message bodies, octets
  SourcePosition source;
};

// How the users read: shares of them, in millionths. Those who do neither do not read.
struct TrafficReaders {
  std::int64_t imap = 0;
  std::int64_t pop3 = 0;
  Duration check_every{};
  Duration until{};  // nobody looks for new mail later
  SourcePosition source;
};

// A host on which the programs of many users run.
struct TrafficSource {
  std::string host;
  std::int64_t first = 0;  // number of its first user
  std::int64_t users = 0;
  std::int64_t mails = 0;  // that its users write together
  Server submission;
  std::string retrieval_server;
  std::uint16_t imap_port = 143;
  std::uint16_t pop3_port = 110;
  SourcePosition source;
};

struct Traffic {
  std::vector<UserGroup> groups;  // of different domains
  TrafficMails mails;
  TrafficReaders readers;
  std::vector<TrafficSource> sources;  // empty: nobody writes
};

}  // namespace mailcosm::sim::scenario
