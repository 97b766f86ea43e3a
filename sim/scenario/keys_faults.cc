// Keys of faults: what breaks, when, and for how long.
#include "sim/scenario/keys.h"

namespace mailcosm::sim::scenario {
namespace {

using enum Type;
using enum Arity;

constexpr std::int64_t kTimesMax = 1'000'000;
constexpr std::int64_t kPacketsMax = 1'000'000;

constexpr std::string_view kLosses[] = {"power", "everything"};
constexpr std::string_view kDnsAnswers[] = {"servfail", "refused", "nothing", "lame", "truncated"};
constexpr std::string_view kProtocols[] = {"submission", "smtp", "lmtp", "pop3", "imap"};

constexpr Key kCountKey = {.name = "count",
                           .type = kInteger,
                           .about = "Only the first so many that fit; without this key all.",
                           .example = "3",
                           .min = 1,
                           .max = kTimesMax};

constexpr Key kFaultKeys[] = {
    {.name = "says",
     .type = kText,
     .about = "The fault as a sentence, for the trace and the narrative.",
     .example = "The line between red.com and the internet is cut."},
    {.name = "at",
     .type = kDuration,
     .about = "When it begins, counted from the start of the run; without this key and `when` at "
              "the start.",
     .example = "10 s"},
    {.name = "when",
     .type = kObject,
     .about = "Instead of `at`: it begins when this happens, once.",
     .example = "{line: {host: mx1.blue.com, text: DATA}}",
     .shape = &kFaultConditionShape},
    {.name = "for",
     .type = kDuration,
     .about = "How long it lasts; without this key to the end of the run.",
     .example = "1 h"}};

constexpr Key kFaultSubjects[] = {
    {.name = "link",
     .type = kObject,
     .about = "A link has other settings, is cut, or flaps.",
     .example = "{between: [router.red.com, internet], up: false}",
     .shape = &kLinkFaultShape},
    {.name = "partition",
     .type = kObject,
     .about = "A part of the network is cut off from the rest.",
     .example = "{cuts_off: [blue.com]}",
     .shape = &kPartitionFaultShape},
    {.name = "host",
     .type = kObject,
     .about = "A host loses power or is destroyed.",
     .example = "{name: mx1.blue.com, loses: power}",
     .shape = &kHostFaultShape},
    {.name = "disk",
     .type = kObject,
     .about = "A disk is full, slow or fails.",
     .example = "{host: store.blue.com, full: true}",
     .shape = &kDiskFaultShape},
    {.name = "dns",
     .type = kObject,
     .about = "A name server or a resolver answers otherwise, late or not at all.",
     .example = "{host: ns1.blue.com, answers: servfail}",
     .shape = &kDnsFaultShape},
    {.name = "replies",
     .type = kObject,
     .about = "A mail server refuses commands, answers late, or drops connections.",
     .example = "{host: mx1.blue.com, command: RCPT, answers: \"451 4.3.0 Try again later\"}",
     .shape = &kReplyFaultShape}};

constexpr Key kConditionKeys[] = {{.name = "nth",
                                   .type = kInteger,
                                   .fallback = "1",
                                   .about = "The how-many-th time.",
                                   .example = "2",
                                   .min = 1,
                                   .max = kTimesMax},
                                  {.name = "after",
                                   .type = kDuration,
                                   .fallback = "0 s",
                                   .about = "So long after it.",
                                   .example = "10 ms"}};

constexpr Key kConditionTopics[] = {
    {.name = "line",
     .type = kObject,
     .about = "A protocol line is sent or received; what was sent is on the wire when the fault "
              "begins.",
     .example = "{host: mx1.blue.com, direction: sent, text: {starts_with: \"250 2.0.0\"}}",
     .shape = &kLineTopicShape},
    {.name = "event",
     .type = kObject,
     .about = "A record of the trace, of any kind (docs/trace-format.md).",
     .example = "{kind: message.stored, host: store.blue.com}",
     .shape = &kEventTopicShape}};

constexpr Key kLinkFaultKeys[] = {
    {.name = "between",
     .type = kName,
     .arity = kList,
     .required = true,
     .about = "The two machines at its ends.",
     .example = "[router.red.com, internet]"},
    {.name = "up", .type = kFlag, .about = "false: the link is cut.", .example = "false"},
    {.name = "loss", .type = kFraction, .about = "Packets that get lost.", .example = "20 %"},
    {.name = "latency",
     .type = kDuration,
     .about = "Time of one way; at least 1 ns.",
     .example = "300 ms"},
    {.name = "jitter",
     .type = kDuration,
     .about = "A packet may take up to this much longer.",
     .example = "50 ms"},
    {.name = "bandwidth",
     .type = kBandwidth,
     .about = "How fast packets are put on the wire.",
     .example = "64 kbit/s",
     .zero = "unlimited"},
    {.name = "duplication",
     .type = kFraction,
     .about = "Packets that arrive twice.",
     .example = "5 %"},
    {.name = "reorders",
     .type = kFlag,
     .about = "Whether jitter may let a packet overtake another.",
     .example = "true"},
    {.name = "queue",
     .type = kInteger,
     .about = "Packets that wait for the wire; one more is dropped.",
     .example = "5",
     .min = 1,
     .max = kPacketsMax},
    {.name = "flaps",
     .type = kObject,
     .about = "The link goes down and up, again and again, beginning with down.",
     .example = "{down: 5 s, up: 20 s}",
     .shape = &kFlapsShape},
    {.name = "one_way",
     .type = kFlag,
     .fallback = "false",
     .about = "true: only the way from the first to the second is meant.",
     .example = "true"}};

constexpr Key kFlapsKeys[] = {{.name = "down",
                               .type = kDuration,
                               .required = true,
                               .about = "Down for so long.",
                               .example = "5 s"},
                              {.name = "up",
                               .type = kDuration,
                               .required = true,
                               .about = "Then up for so long.",
                               .example = "20 s"}};

constexpr Key kPartitionKeys[] = {
    {.name = "cuts_off",
     .type = kName,
     .arity = kOneOrList,
     .required = true,
     .about = "Hosts, routers, and organisations with all their machines: every link with one end "
              "in this group is down.",
     .example = "[blue.com]"}};

constexpr Key kHostFaultKeys[] = {
    {.name = "name",
     .type = kName,
     .required = true,
     .about = "The host.",
     .example = "mx1.blue.com"},
    {.name = "loses",
     .type = kChoice,
     .required = true,
     .about = "power: programs and connections are gone at once, the disk keeps what was synced, "
              "and all starts again at the end of `for`. everything: the machine is destroyed; at "
              "the end of `for` a new one with an empty disk takes its place.",
     .example = "power",
     .choices = kLosses}};

constexpr Key kDiskFaultKeys[] = {{.name = "host",
                                   .type = kName,
                                   .required = true,
                                   .about = "The host it is in.",
                                   .example = "store.blue.com"},
                                  {.name = "full",
                                   .type = kFlag,
                                   .fallback = "false",
                                   .about = "true: nothing more can be written.",
                                   .example = "true"},
                                  {.name = "slow",
                                   .type = kDuration,
                                   .fallback = "0 s",
                                   .about = "A sync takes so much longer.",
                                   .example = "200 ms"},
                                  {.name = "fails",
                                   .type = kFlag,
                                   .fallback = "false",
                                   .about = "true: syncs fail, so that nothing can be promised.",
                                   .example = "true"}};

constexpr Key kDnsFaultKeys[] = {
    {.name = "host",
     .type = kName,
     .required = true,
     .about = "The host of the name server or resolver.",
     .example = "ns1.blue.com"},
    {.name = "name",
     .type = kText,
     .arity = kCompared,
     .about = "Only queries for this name, in lower case.",
     .example = "{ends_with: blue.com}"},
    {.name = "type", .type = kText, .about = "Only queries for this type.", .example = "MX"},
    kCountKey,
    {.name = "answers",
     .type = kChoice,
     .about = "servfail and refused: with that RCODE. nothing: not at all. lame: as a server that "
              "does not know the zone. truncated: over UDP without data and with the TC bit.",
     .example = "servfail",
     .choices = kDnsAnswers},
    {.name = "delay",
     .type = kDuration,
     .fallback = "0 s",
     .about = "The answer comes so much later.",
     .example = "3 s"}};

constexpr Key kReplyFaultKeys[] = {
    {.name = "host",
     .type = kName,
     .required = true,
     .about = "The host of the mail server.",
     .example = "mx1.blue.com"},
    {.name = "protocol",
     .type = kChoice,
     .about = "Only in sessions of this protocol.",
     .example = "smtp",
     .choices = kProtocols},
    {.name = "command",
     .type = kText,
     .about = "Only this command: its verb (RCPT, UID FETCH), or `connect` for the greeting, or "
              "`message` for the moment when the whole content has come (SMTP, LMTP).",
     .example = "RCPT"},
    {.name = "text",
     .type = kText,
     .arity = kCompared,
     .about = "Only command lines that fit, without CRLF.",
     .example = "{contains: \"bob@\"}"},
    kCountKey,
    {.name = "over",
     .type = kInteger,
     .about = "Only what comes beyond so many within `per`, counted for each client address.",
     .example = "10",
     .min = 1,
     .max = kTimesMax},
    {.name = "per",
     .type = kDuration,
     .about = "The time that `over` looks back.",
     .example = "1 min"},
    {.name = "answers",
     .type = kText,
     .about = "The reply instead of the usual one. With `over` alone it is 450 4.7.1, for connect "
              "421 4.7.0.",
     .example = "451 4.3.0 Try again later"},
    {.name = "drops",
     .type = kFlag,
     .fallback = "false",
     .about = "true: the connection is reset before the command is handled.",
     .example = "true"},
    {.name = "delay",
     .type = kDuration,
     .fallback = "0 s",
     .about = "The command is handled so much later.",
     .example = "5 s"}};

}  // namespace

constinit const Shape kFaultShape = {
    "fault",
    "One subject that breaks, from `at` on or from the moment that `when` describes, for as long "
    "as `for` says. At its end the earlier state returns; of several faults of one link the "
    "setting of the youngest counts. A fault is in the trace as fault.began and fault.ended, and "
    "as fault.applied where it changes what a program does.",
    kFaultKeys,
    "",
    false,
    kFaultSubjects};
constinit const Shape kFaultConditionShape = {
    "condition",
    "What lets a fault begin: the words are those of expectations, and all that is given must fit. "
    "The fault begins when the program that made the record has done what it was doing.",
    kConditionKeys,
    "",
    false,
    kConditionTopics};
constinit const Shape kLinkFaultShape = {
    "link fault",   "Settings that are missing stay as they are. At least one setting, or `flaps`.",
    kLinkFaultKeys, "",
    false,          {}};
constinit const Shape kFlapsShape = {"flaps", "It needs `for`.", kFlapsKeys, "", false, {}};
constinit const Shape kPartitionFaultShape = {"partition", "", kPartitionKeys, "", false, {}};
constinit const Shape kHostFaultShape = {"host fault", "", kHostFaultKeys, "", false, {}};
constinit const Shape kDiskFaultShape = {
    "disk fault", "At least one of `full`, `slow` and `fails`.", kDiskFaultKeys, "", false, {}};
constinit const Shape kDnsFaultShape = {"dns fault",
                                        "At least one of `answers` and `delay`. All that is given "
                                        "besides must fit.",
                                        kDnsFaultKeys,
                                        "",
                                        false,
                                        {}};
constinit const Shape kReplyFaultShape = {
    "reply fault",
    "At least one of `answers`, `drops`, `delay` and `over`. All that is given besides must fit. "
    "`answers` needs `command`, one whose reply is the server's decision: connect, HELO, EHLO, "
    "LHLO, AUTH, MAIL, RCPT, message and VRFY of SMTP (\"451 4.3.0 Try again later\"; 421 ends "
    "the session); PASS, AUTH, RETR, TOP and QUIT of POP3 (\"-ERR [SYS/TEMP]\" or another code of "
    "RFC 3206; the words are the server's own); of IMAP those that can be answered with NO (\"NO "
    "[UNAVAILABLE] Try again later\").",
    kReplyFaultKeys,
    "",
    false,
    {}};

}  // namespace mailcosm::sim::scenario
