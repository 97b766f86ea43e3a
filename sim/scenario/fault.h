// Fault: what breaks, when, and for how long, as plain data. sim/faults lets it happen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/scenario/expectation.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

// Something that happens in the run and lets the fault begin.
struct FaultCondition {
  Topic topic = Topic::kLine;  // kLine or kEvent
  std::vector<Check> where;
  std::int64_t nth = 1;  // the how-many-th time
  Duration after{};      // so long after it
};

// A link with other settings. What is not set stays as it is.
struct LinkFault {
  std::string a, b;
  bool one_way = false;  // only from a to b
  std::optional<Duration> latency, jitter;
  std::optional<std::int64_t> bandwidth, loss, duplication, queue;  // as in Link
  std::optional<bool> reorders, up;
  // Flapping: down for so long, then up for so long, again and again; zero for none.
  Duration flap_down{}, flap_up{};
};

// Every link with exactly one end in the group is down.
struct PartitionFault {
  std::vector<std::string> machines;  // hosts and routers, sorted
};

struct HostFault {
  std::string host;
  // False: power fails, and what was synced is there when it is back. True: the machine is
  // destroyed with its disk; a new one with an empty disk takes its place at the end of the fault.
  bool loses_everything = false;
};

struct DiskFault {
  std::string host;
  bool full = false;   // nothing more can be written
  Duration slow{};     // a sync takes so much longer
  bool fails = false;  // syncs fail
};

enum class DnsAnswer : std::uint8_t {
  kUsual,      // only the delay counts
  kServfail,   // RCODE 2
  kRefused,    // RCODE 5
  kNothing,    // no answer at all
  kLame,       // NOERROR without authority and without data
  kTruncated,  // over UDP: the TC bit and no data, so that the client asks again over TCP
};

// What a name server or a resolver does to queries. All that is given must fit.
struct DnsFault {
  std::string host;
  std::vector<Check> name;  // compared with the name asked for, in lower case, without final dot
  std::string type;         // in capitals; empty for any
  std::int64_t count = 0;   // only the first so many; 0 is all
  DnsAnswer answers = DnsAnswer::kUsual;
  Duration delay{};
};

// What a mail server does to commands of its clients. All that is given must fit.
struct ReplyFault {
  std::string host;
  std::string protocol;     // submission, smtp, lmtp, pop3, imap; empty for any
  std::string command;      // "RCPT", "UID FETCH", "connect", "message"; empty for any
  std::vector<Check> text;  // compared with the whole command line
  std::int64_t count = 0;   // only the first so many; 0 is all
  // Only what comes beyond `over` within `per`, counted for each client address; 0 is all.
  std::int64_t over = 0;
  Duration per{};
  std::string answers;  // "451 4.3.0 Try again later", "-ERR [SYS/TEMP]", "NO [UNAVAILABLE] ..."
  Duration delay{};     // before the command is handled
  bool drops = false;   // the connection is reset instead
};

using FaultEffect =
    std::variant<LinkFault, PartitionFault, HostFault, DiskFault, DnsFault, ReplyFault>;

struct Fault {
  Instant at;                          // without a condition
  std::optional<FaultCondition> when;  // instead of `at`
  Duration span{};                     // how long; 0 is to the end of the run
  FaultEffect effect;
  std::string sentence;
  SourcePosition source;
};

}  // namespace mailcosm::sim::scenario
