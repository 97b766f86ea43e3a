// ReplayScript: Unbound's scenario files for iterative resolution (.rpl), as far as this project
// runs them: RANGE blocks with scripted servers, and the steps QUERY, CHECK_ANSWER,
// CHECK_OUT_QUERY, REPLY and TIME_PASSES.
#pragma once

#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/dns/message.h"
#include "protocols/dns/server.h"

namespace mailcosm::dns::testing {

struct ReplayEntry {
  bool match_name = false;
  bool match_type = false;
  bool match_subdomain = false;
  bool match_tcp = false;
  bool copy_query = false;
  Message message;

  bool matches(const Message& query, Transport transport) const;
  // The scripted message as the reply to `query`.
  Message reply_to(const Message& query) const;
};

struct ReplayRange {
  int begin = 0;
  int end = 0;
  IpAddress address;
  std::vector<ReplayEntry> entries;
};

struct ReplayStep {
  enum class Kind { kQuery, kCheckAnswer, kCheckOutQuery, kReply, kTimePasses, kOther };
  int number = 0;
  Kind kind = Kind::kOther;
  ReplayEntry entry;
  Duration elapse{0};
};

struct ReplayScript {
  std::vector<IpAddress> roots;
  bool any_glue = false;
  std::vector<ReplayRange> ranges;
  std::vector<ReplayStep> steps;
};

// Errors name the line.
Result<ReplayScript> parse_replay_script(std::string_view text);

}  // namespace mailcosm::dns::testing
