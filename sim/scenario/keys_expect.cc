// Keys of expectations: what must hold.
#include "sim/scenario/keys.h"

namespace mailcosm::sim::scenario {
namespace {

using enum Type;
using enum Arity;

constexpr std::string_view kDirections[] = {"sent", "received"};
constexpr std::string_view kQueues[] = {"incoming", "active", "deferred"};

constexpr Key kExpectationKeys[] = {{.name = "has",
                                     .type = kObject,
                                     .about = "What must hold for it.",
                                     .example = "{count: 1}",
                                     .shape = &kPropertiesShape},
                                    {.name = "never",
                                     .type = kFlag,
                                     .fallback = "false",
                                     .about = "true: such a thing must not occur at any time.",
                                     .example = "true"},
                                    {.name = "within",
                                     .type = kDuration,
                                     .about = "It must have come about at this time already.",
                                     .example = "10 s"},
                                    {.name = "after",
                                     .type = kDuration,
                                     .about = "Only what happens at this time or later counts.",
                                     .example = "1 min"},
                                    {.name = "says",
                                     .type = kText,
                                     .about = "The expectation as a sentence, for reports.",
                                     .example = "Bob has got exactly one message."}};

constexpr Key kTopics[] = {
    {.name = "mailbox",
     .type = kObject,
     .about = "A mailbox on the server.",
     .example = "bob@blue.com",
     .shape = &kMailboxTopicShape},
    {.name = "message",
     .type = kObject,
     .about = "A message in a mailbox on the server.",
     .example = "{user: bob@blue.com, subject: Lunch on Friday}",
     .shape = &kMessageTopicShape},
    {.name = "received",
     .type = kObject,
     .about = "A message as a device has fetched it.",
     .example = "{user: bob@blue.com, device: phone}",
     .shape = &kReceivedTopicShape},
    {.name = "queue",
     .type = kObject,
     .about = "Messages in the queue of an MTA.",
     .example = "mail.red.com",
     .shape = &kQueueTopicShape},
    {.name = "bounce",
     .type = kObject,
     .about = "A delivery status notification.",
     .example = "{to: alice@red.com}",
     .shape = &kBounceTopicShape},
    {.name = "lookup",
     .type = kObject,
     .about = "An answered look-up of a name.",
     .example = "{host: mail.red.com, name: blue.com, type: MX}",
     .shape = &kLookupTopicShape},
    {.name = "line",
     .type = kObject,
     .about = "A protocol line.",
     .example =
         "{host: mx1.blue.com, protocol: smtp, direction: sent, text: {starts_with: \"250 \"}}",
     .shape = &kLineTopicShape},
    {.name = "event",
     .type = kObject,
     .about = "A record of the trace, of any kind (docs/trace-format.md).",
     .example = "{kind: mx.selected, fields: {host: mx1.blue.com}}",
     .shape = &kEventTopicShape},
    {.name = "copy",
     .type = kObject,
     .about = "A message as it lies on a device now.",
     .example = "{user: bob@blue.com, device: phone, subject: Lunch on Friday}",
     .shape = &kCopyTopicShape},
    {.name = "delay",
     .type = kObject,
     .about = "How long mails take from being written to being in the mailbox, all together.",
     .example = "{to: blue.com}",
     .shape = &kDelayTopicShape}};

constexpr Key kUserKey = {.name = "user",
                          .type = kUser,
                          .required = true,
                          .about = "The owner.",
                          .example = "bob@blue.com"};
constexpr Key kMailboxKey = {.name = "mailbox",
                             .type = kText,
                             .fallback = "INBOX",
                             .about = "Name of the mailbox.",
                             .example = "Archive"};
constexpr Key kSubjectKey = {.name = "subject",
                             .type = kText,
                             .arity = kCompared,
                             .about = "The subject, decoded.",
                             .example = "Lunch on Friday"};
constexpr Key kFromKey = {.name = "from",
                          .type = kText,
                          .arity = kCompared,
                          .about = "The author's mail address.",
                          .example = "alice@red.com"};
constexpr Key kMessageIdKey = {.name = "message_id",
                               .type = kText,
                               .arity = kCompared,
                               .about = "The Message-ID with its angle brackets.",
                               .example = "<1@red.com>"};
constexpr Key kHostKey = {
    .name = "host", .type = kName, .about = "The host it happens on.", .example = "mx1.blue.com"};
constexpr Key kTextKey = {.name = "text",
                          .type = kText,
                          .arity = kCompared,
                          .about = "The line without its CRLF.",
                          .example = "{starts_with: RCPT TO}"};
constexpr Key kResultKey = {.name = "result",
                            .type = kText,
                            .arity = kCompared,
                            .about = "NOERROR, NXDOMAIN, NODATA, SERVFAIL or TIMEOUT.",
                            .example = "NOERROR"};
constexpr Key kRecipientKey = {.name = "recipient",
                               .type = kText,
                               .arity = kCompared,
                               .about = "Who is told: the author.",
                               .example = "alice@red.com"};
constexpr Key kActionKey = {.name = "action",
                            .type = kText,
                            .arity = kCompared,
                            .about = "failed or delayed.",
                            .example = "failed"};
constexpr Key kFieldsKey = {
    .name = "fields",
    .type = kScalar,
    .arity = kMap,
    .about = "Fields of the record, each a value or a mapping of comparisons.",
    .example = "{preference: 10}",
    .map_type = kText};

constexpr Key kMailboxTopicKeys[] = {kUserKey, kMailboxKey};
constexpr Key kMessageTopicKeys[] = {kUserKey, kMailboxKey, kSubjectKey, kFromKey, kMessageIdKey};
constexpr Key kReceivedTopicKeys[] = {
    kUserKey,
    {.name = "device", .type = kLabel, .about = "The device that fetched it.", .example = "phone"},
    kSubjectKey,
    kFromKey,
    kMessageIdKey};
constexpr Key kCopyTopicKeys[] = {kUserKey,
                                  {.name = "device",
                                   .type = kLabel,
                                   .required = true,
                                   .about = "The device it lies on.",
                                   .example = "phone"},
                                  kMailboxKey,
                                  kSubjectKey,
                                  kFromKey,
                                  kMessageIdKey};
constexpr Key kQueueTopicKeys[] = {{.name = "host",
                                    .type = kName,
                                    .about = "The MTA's host; without this key all MTAs together.",
                                    .example = "mail.red.com"},
                                   {.name = "queue",
                                    .type = kChoice,
                                    .about = "Only this queue.",
                                    .example = "deferred",
                                    .choices = kQueues}};
constexpr Key kBounceTopicKeys[] = {kHostKey, kRecipientKey, kActionKey};
constexpr Key kLookupTopicKeys[] = {
    kHostKey,
    {.name = "name", .type = kDomain, .about = "The domain name.", .example = "blue.com"},
    {.name = "type", .type = kText, .about = "The record type.", .example = "MX"},
    kResultKey};
constexpr Key kLineTopicKeys[] = {kHostKey,
                                  {.name = "protocol",
                                   .type = kText,
                                   .arity = kCompared,
                                   .about = "submission, smtp, lmtp, pop3 or imap.",
                                   .example = "smtp"},
                                  {.name = "direction",
                                   .type = kChoice,
                                   .about = "sent or received by the host.",
                                   .example = "received",
                                   .choices = kDirections},
                                  kTextKey};
constexpr Key kEventTopicKeys[] = {{.name = "kind",
                                    .type = kText,
                                    .required = true,
                                    .about = "Name of the kind of record.",
                                    .example = "mx.selected"},
                                   kHostKey,
                                   kFieldsKey};

constexpr Key kDelayTopicKeys[] = {{.name = "to",
                                    .type = kDomain,
                                    .about = "Only mail for recipients in this domain.",
                                    .example = "blue.com"},
                                   {.name = "from",
                                    .type = kDomain,
                                    .about = "Only mail of authors in this domain.",
                                    .example = "red.com"},
                                   {.name = "host",
                                    .type = kName,
                                    .about = "Only mail for mailboxes on this mailbox server.",
                                    .example = "store.p1.net"}};

constexpr Key kPropertiesKeys[] = {
    {.name = "count",
     .type = kInteger,
     .arity = kCompared,
     .about = "How many there are: messages in the mailbox or queue, deliveries, or of whatever "
              "fits. Without this key at least one.",
     .example = "{at_least: 2}"},
    {.name = "unseen",
     .type = kInteger,
     .arity = kCompared,
     .about = "mailbox: messages without the flag \\Seen.",
     .example = "1"},
    {.name = "size",
     .type = kSize,
     .arity = kCompared,
     .about = "mailbox, message, received, copy: octets.",
     .example = "{at_most: 2 KiB}"},
    kSubjectKey,
    kFromKey,
    {.name = "to",
     .type = kText,
     .arity = kCompared,
     .about = "message, received, copy: addresses in the To field.",
     .example = "bob@blue.com"},
    kMessageIdKey,
    {.name = "body",
     .type = kText,
     .arity = kCompared,
     .about = "message, received, copy: the body, with LF for CRLF and without transfer encoding.",
     .example = "\"See you at noon.\\n\""},
    {.name = "content",
     .type = kText,
     .arity = kCompared,
     .about = "message, received, copy: the whole message, with LF for CRLF.",
     .example = "{contains: X-Mood}"},
    {.name = "as_written",
     .type = kFlag,
     .about = "message, received, copy: whether it is, octet for octet, what its author's client "
              "composed, but for trace "
              "fields in front (Return-Path, Received, Delivered-To).",
     .example = "true"},
    {.name = "header *",
     .type = kText,
     .arity = kCompared,
     .about = "message, received, copy: a header field, unfolded; of several one must fit.",
     .example = "{contains: by mx1.blue.com}"},
    {.name = "count of header *",
     .type = kInteger,
     .arity = kCompared,
     .about = "message, received, copy: how many such fields there are.",
     .example = "4"},
    {.name = "flags",
     .type = kText,
     .arity = kCompared,
     .about = "message, copy: its IMAP flags, separated by spaces.",
     .example = "{contains: \\Seen}"},
    {.name = "uid",
     .type = kInteger,
     .arity = kCompared,
     .about = "message: its UID.",
     .example = "1"},
    kRecipientKey,
    kActionKey,
    kResultKey,
    {.name = "answers",
     .type = kText,
     .arity = kCompared,
     .about = "lookup: the data, separated by semicolons.",
     .example = "{contains: mx1.blue.com}"},
    {.name = "ttl",
     .type = kDuration,
     .arity = kCompared,
     .about = "lookup: the shortest TTL of the answer.",
     .example = "{at_most: 1 h}"},
    {.name = "mean",
     .type = kDuration,
     .arity = kCompared,
     .about = "delay: the mean of all deliveries, rounded down to 1 ns.",
     .example = "{at_most: 1 s}"},
    {.name = "p50",
     .type = kDuration,
     .arity = kCompared,
     .about = "delay: the smallest one that half of the deliveries do not exceed (the median).",
     .example = "{less_than: 500 ms}"},
    {.name = "p90",
     .type = kDuration,
     .arity = kCompared,
     .about = "delay: the same for 90 % of the deliveries.",
     .example = "{at_most: 5 s}"},
    {.name = "p95",
     .type = kDuration,
     .arity = kCompared,
     .about = "delay: the same for 95 %.",
     .example = "{at_most: 10 s}"},
    {.name = "p99",
     .type = kDuration,
     .arity = kCompared,
     .about = "delay: the same for 99 %.",
     .example = "{at_most: 30 s}"},
    {.name = "max",
     .type = kDuration,
     .arity = kCompared,
     .about = "delay: the longest.",
     .example = "{at_most: 1 min}"},
    {.name = "delivered",
     .type = kFraction,
     .arity = kCompared,
     .about = "delay: which share of the recipients has the mail in the mailbox, in millionths, "
              "rounded down.",
     .example = "{at_least: 99 %}"},
    kTextKey,
    kFieldsKey,
    {.name = "time",
     .type = kDuration,
     .arity = kCompared,
     .about = "received, bounce, lookup, line, event: when it happened.",
     .example = "{less_than: 2 s}"}};

}  // namespace

constinit const Shape kExpectationShape = {
    "expectation",
    "One topic, which chooses what is meant, and what must hold for it. For mailbox, queue and "
    "delay the state counts: at the end of the run, or at the time of `within`. For the others at "
    "least one must fit (or as many as `count` says), and each that fits must have all that `has` "
    "lists.",
    kExpectationKeys,
    "",
    false,
    kTopics};
constinit const Shape kMailboxTopicShape = {
    "mailbox", "A plain word is the user.", kMailboxTopicKeys, "user", false, {}};
constinit const Shape kMessageTopicShape = {
    "message", "A plain word is the user.", kMessageTopicKeys, "user", false, {}};
constinit const Shape kReceivedTopicShape = {
    "received", "A plain word is the user.", kReceivedTopicKeys, "user", false, {}};
constinit const Shape kCopyTopicShape = {
    "copy",
    "What the device has fetched, and has not dropped since; a lost device has nothing.",
    kCopyTopicKeys,
    "",
    false,
    {}};
constinit const Shape kQueueTopicShape = {
    "queue", "A plain word is the host.", kQueueTopicKeys, "host", true, {}};
constinit const Shape kBounceTopicShape = {
    "bounce", "A plain word is the recipient.", kBounceTopicKeys, "recipient", true, {}};
constinit const Shape kLookupTopicShape = {
    "lookup", "A plain word is the name.", kLookupTopicKeys, "name", true, {}};
constinit const Shape kLineTopicShape = {
    "line", "A plain text is the line.", kLineTopicKeys, "text", false, {}};
constinit const Shape kEventTopicShape = {
    "event", "A plain word is the kind.", kEventTopicKeys, "kind", false, {}};
constinit const Shape kDelayTopicShape = {
    "delay",
    "A plain word is the domain of the recipients; without it, all mail. Times count from when a "
    "mail is written to when it is in the recipient's INBOX, for each recipient. `after` chooses "
    "mails that are written at that time or later; what is not delivered at the time of `within` "
    "counts as not delivered.",
    kDelayTopicKeys,
    "to",
    true,
    {}};
constinit const Shape kPropertiesShape = {
    "properties",
    "A plain value must be equal. A mapping compares: texts with is, is_not, contains, "
    "contains_not, starts_with, "
    "ends_with and matches (* and ? stand for any characters), numbers and quantities with is, "
    "is_not, at_least, "
    "at_most, more_than and less_than. A list as the value of a comparison means each of its "
    "elements.",
    kPropertiesKeys,
    "",
    false,
    {}};

}  // namespace mailcosm::sim::scenario
