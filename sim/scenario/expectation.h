// Expectation: what must hold, as plain data. sim/world/expectations decides it from the trace
// alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

enum class Topic : std::uint8_t {
  kMailbox,   // a mailbox on the server, after all that happened
  kMessage,   // one message in a mailbox on the server
  kReceived,  // a message as a device fetched it
  kQueue,     // an MTA's queue
  kBounce,    // delivery status notifications
  kLookup,    // answered look-ups
  kLine,      // protocol lines
  kEvent,     // records of any kind
  kCopy,      // a message in a device's own store
  kDelay,     // how long mails take until they are in mailboxes
};

enum class Comparison : std::uint8_t {
  kIs,
  kIsNot,
  kContains,
  kContainsNot,
  kStartsWith,
  kEndsWith,
  kMatches,  // texts; kMatches: * and ? stand for any
  kAtLeast,
  kAtMost,
  kMoreThan,
  kLessThan,  // numbers, durations, instants
};

enum class Quantity : std::uint8_t { kText, kNumber, kDuration, kInstant, kFraction };

// One comparison: `property` is a name of the subject (count, body, size, flags, header Received
// ..., a trace field).
struct Check {
  std::string property;
  std::string header;  // name of the header field if `property` is "header"
  Comparison comparison = Comparison::kIs;
  Quantity quantity = Quantity::kText;
  std::string text;
  std::int64_t number = 0;  // also nanoseconds, and millionths
  SourcePosition source;
};

struct Expectation {
  Topic topic = Topic::kEvent;
  // Chooses what is looked at ("user" is bob@blue.com, "mailbox" is INBOX, "subject" is ...).
  std::vector<Check> where;
  // Must hold for it. For kMessage, kReceived, kBounce, kLookup, kLine and kEvent: there is one
  // that fits `where` (or as many as a check of "count" says), and each one that fits holds all
  // checks.
  std::vector<Check> checks;
  bool never = false;            // nothing may ever fit `where` and `checks`
  std::optional<Instant> after;  // only what happens at or after this instant counts
  std::optional<Instant>
      within;  // it must hold at this instant already (for events: have happened by then)
  std::string sentence;
  SourcePosition source;
};

}  // namespace mailcosm::sim::scenario
