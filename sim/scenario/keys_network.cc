// Keys of machines, links and zones.
#include "sim/scenario/keys.h"

namespace mailcosm::sim::scenario {
namespace {

using enum Type;
using enum Arity;

constexpr std::int64_t kPacketsMax = 1'000'000;

constexpr Key kLinkSettingsKeys[] = {
    {.name = "latency",
     .type = kDuration,
     .about = "Time of one way; at least 1 ns.",
     .example = "20 ms"},
    {.name = "bandwidth",
     .type = kBandwidth,
     .about = "How fast packets are put on the wire.",
     .example = "10 Mbit/s",
     .zero = "unlimited"},
    {.name = "jitter",
     .type = kDuration,
     .about = "A packet may take up to this much longer.",
     .example = "5 ms"},
    {.name = "loss", .type = kFraction, .about = "Packets that get lost.", .example = "1 %"},
    {.name = "duplication",
     .type = kFraction,
     .about = "Packets that arrive twice.",
     .example = "0.1 %"},
    {.name = "reorders",
     .type = kFlag,
     .about = "Whether jitter may let a packet overtake another.",
     .example = "true"},
    {.name = "queue",
     .type = kInteger,
     .about = "Packets that wait for the wire; one more is dropped.",
     .example = "100",
     .min = 1,
     .max = kPacketsMax},
    {.name = "up",
     .type = kFlag,
     .about = "Whether the link works at the start.",
     .example = "false"}};

constexpr Key kLinkKeys[] = {{.name = "between",
                              .type = kName,
                              .arity = kList,
                              .required = true,
                              .about = "The two machines at its ends.",
                              .example = "[mail.red.com, router.red.com]"},
                             {.name = "latency",
                              .type = kDuration,
                              .required = true,
                              .about = "Time of one way; at least 1 ns.",
                              .example = "20 ms"},
                             {.name = "bandwidth",
                              .type = kBandwidth,
                              .fallback = "unlimited",
                              .about = "How fast packets are put on the wire.",
                              .example = "10 Mbit/s",
                              .zero = "unlimited"},
                             {.name = "jitter",
                              .type = kDuration,
                              .fallback = "0 s",
                              .about = "A packet may take up to this much longer.",
                              .example = "5 ms"},
                             {.name = "loss",
                              .type = kFraction,
                              .fallback = "0 %",
                              .about = "Packets that get lost.",
                              .example = "1 %"},
                             {.name = "duplication",
                              .type = kFraction,
                              .fallback = "0 %",
                              .about = "Packets that arrive twice.",
                              .example = "0.1 %"},
                             {.name = "reorders",
                              .type = kFlag,
                              .fallback = "false",
                              .about = "Whether jitter may let a packet overtake another.",
                              .example = "true"},
                             {.name = "queue",
                              .type = kInteger,
                              .fallback = "1000",
                              .about = "Packets that wait for the wire; one more is dropped.",
                              .example = "100",
                              .min = 1,
                              .max = kPacketsMax},
                             {.name = "up",
                              .type = kFlag,
                              .fallback = "true",
                              .about = "Whether the link works at the start.",
                              .example = "false"}};

constexpr Key kHostKeys[] = {{.name = "addresses",
                              .type = kIpAddress,
                              .arity = kOneOrList,
                              .about = "Its IP addresses; the first is the one it sends from. "
                                       "Without this key it gets one from the "
                                       "organisation's network, or else from 198.18.0.0/15.",
                              .example = "[192.0.2.25, 2001:db8::25]"},
                             {.name = "organisation",
                              .type = kDomain,
                              .about = "The domain it belongs to, for the pictures.",
                              .example = "blue.com"},
                             {.name = "name_servers",
                              .type = kIpAddress,
                              .arity = kOneOrList,
                              .about = "Resolvers that its programs ask, in order.",
                              .example = "[192.0.2.53]"}};

constexpr Key kRouterKeys[] = {{.name = "organisation",
                                .type = kDomain,
                                .about = "The domain it belongs to, for the pictures.",
                                .example = "blue.com"}};

constexpr Key kZoneKeys[] = {{.name = "origin",
                              .type = kDomain,
                              .required = true,
                              .about = "Name of the zone; the root is \".\".",
                              .example = "blue.com"},
                             {.name = "servers",
                              .type = kName,
                              .arity = kOneOrList,
                              .required = true,
                              .about = "Hosts that answer for it with authority.",
                              .example = "[ns1.blue.com]"},
                             {.name = "text",
                              .type = kText,
                              .required = true,
                              .about = "The zone as a master file (RFC 1035 section 5); names "
                                       "without a final dot end in the origin.",
                              .example = "\"$TTL 3600\\n@ SOA ns1 hostmaster 1 7200 900 1209600 "
                                         "300\\n@ NS ns1\\nns1 A 192.0.2.53\\n\""}};

constexpr Key kInternetKeys[] = {
    {.name = "latency",
     .type = kDuration,
     .fallback = "15 ms",
     .about = "Between the backbone router 'internet' and each root and top-level name server.",
     .example = "30 ms"},
    {.name = "ttl",
     .type = kDuration,
     .fallback = "2 days",
     .about = "TTL of the delegations in the root and top-level zones, in whole seconds.",
     .example = "1 day"}};

}  // namespace

constinit const Shape kLinkSettingsShape = {
    "link settings",
    "What a link does to packets. Every key that is missing keeps its default.",
    kLinkSettingsKeys,
    "",
    true,
    {}};
constinit const Shape kLinkShape = {
    "link",    "A line between two machines. The settings hold for each of its two directions.",
    kLinkKeys, "",
    false,     {}};
constinit const Shape kHostShape = {
    "host", "A machine that runs programs. Its name is a domain name.", kHostKeys, "", true, {}};
constinit const Shape kRouterShape = {
    "router", "A machine that only passes packets on.", kRouterKeys, "", true, {}};
constinit const Shape kZoneShape = {"zone", "The data of one DNS zone.", kZoneKeys, "", false, {}};
constinit const Shape kInternetShape = {
    "internet",
    "What lies between the organisations: the backbone router 'internet', a root name server "
    "a.root-servers.net and a "
    "name server a.nic.<tld> for each top-level domain, with delegations for every domain of the "
    "scenario. It is there "
    "whenever there are organisations; this key changes its settings.",
    kInternetKeys,
    "",
    true,
    {}};

}  // namespace mailcosm::sim::scenario
