// Keys of the story: who does what, and when.
#include "sim/scenario/keys.h"

namespace mailcosm::sim::scenario {
namespace {

using enum Type;
using enum Arity;

constexpr Key kStepKeys[] = {{.name = "at",
                              .type = kDuration,
                              .required = true,
                              .about = "When, counted from the start of the run.",
                              .example = "1 min"}};

constexpr Key kVerbs[] = {
    {.name = "* writes",
     .type = kObject,
     .about = "Composes a message and submits it.",
     .example = "{to: bob@blue.com, subject: Lunch on Friday, body: See you at noon.}",
     .shape = &kWritesShape},
    {.name = "* replies",
     .type = kObject,
     .about = "Answers a message that lies on the device.",
     .example = "{messages: Lunch on Friday, body: I shall be there.}",
     .shape = &kRepliesShape},
    {.name = "* checks mail",
     .type = kObject,
     .about = "Logs in and fetches what is new.",
     .example = "{device: phone}",
     .shape = &kChecksMailShape},
    {.name = "* reads",
     .type = kObject,
     .about = "Reads messages that lie on the device. By IMAP they become \\Seen for all devices.",
     .example = "{device: phone, messages: Lunch on Friday}",
     .shape = &kReadsShape},
    {.name = "* marks",
     .type = kObject,
     .about = "Sets and removes flags of messages on the server (IMAP).",
     .example = "{messages: Lunch on Friday, add: \\Flagged}",
     .shape = &kMarksShape},
    {.name = "* moves",
     .type = kObject,
     .about = "Moves messages to another mailbox on the server (IMAP).",
     .example = "{messages: Lunch on Friday, to: Archive}",
     .shape = &kMovesShape},
    {.name = "* deletes",
     .type = kObject,
     .about = "Deletes messages on the server.",
     .example = "{messages: {subject: Lunch on Friday}}",
     .shape = &kDeletesShape},
    {.name = "* looks up",
     .type = kObject,
     .about = "Asks the resolver of a user's device, or of the host named, as dig would.",
     .example = "{name: blue.com, type: MX}",
     .shape = &kLooksUpShape},
    {.name = "* loses",
     .type = kObject,
     .about = "The device is gone, with all that was stored on it.",
     .example = "laptop",
     .shape = &kLosesShape}};

constexpr Key kDeviceKey = {
    .name = "device",
    .type = kLabel,
    .about = "Which of the person's devices; without this key the first that can do it.",
    .example = "phone"};

constexpr Key kWritesKeys[] = {kDeviceKey,
                               {.name = "to",
                                .type = kMailAddress,
                                .arity = kOneOrList,
                                .about = "Recipients in the To field.",
                                .example = "[bob@blue.com]",
                                .repeats = true},
                               {.name = "cc",
                                .type = kMailAddress,
                                .arity = kOneOrList,
                                .about = "Recipients in the Cc field.",
                                .example = "[carol@blue.com]",
                                .repeats = true},
                               {.name = "bcc",
                                .type = kMailAddress,
                                .arity = kOneOrList,
                                .about = "Recipients that nobody sees.",
                                .example = "[dave@blue.com]",
                                .repeats = true},
                               {.name = "individually",
                                .type = kFlag,
                                .fallback = "false",
                                .about = "Whether each recipient gets a message of his own, as "
                                         "mailing programs do.",
                                .example = "true"},
                               {.name = "subject",
                                .type = kText,
                                .fallback = "\"\"",
                                .about = "The Subject field.",
                                .example = "Lunch on Friday"},
                               {.name = "body",
                                .type = kText,
                                .fallback = "\"\"",
                                .about = "The text.",
                                .example = "See you at noon."},
                               {.name = "headers",
                                .type = kText,
                                .arity = kMap,
                                .about = "Further header fields.",
                                .example = "{X-Mood: cheerful}",
                                .map_type = kText}};
constexpr Key kChecksMailKeys[] = {kDeviceKey};
constexpr Key kMessagesKey = {.name = "messages",
                              .type = kObject,
                              .about = "Which messages; without this key all of INBOX.",
                              .example = "{subject: Lunch on Friday}",
                              .shape = &kMessageChoiceShape};
constexpr Key kReadsKeys[] = {kDeviceKey, kMessagesKey};
constexpr Key kRepliesKeys[] = {
    kDeviceKey,
    {.name = "messages",
     .type = kObject,
     .about = "Which message; of several the newest. Without this key the newest of INBOX.",
     .example = "{subject: Lunch on Friday}",
     .shape = &kMessageChoiceShape},
    {.name = "body",
     .type = kText,
     .fallback = "\"\"",
     .about = "The text.",
     .example = "I shall be there."}};
constexpr Key kMarksKeys[] = {kDeviceKey,
                              kMessagesKey,
                              {.name = "add",
                               .type = kText,
                               .arity = kOneOrList,
                               .about = "Flags to set.",
                               .example = "[\\Seen, \\Flagged]"},
                              {.name = "remove",
                               .type = kText,
                               .arity = kOneOrList,
                               .about = "Flags to remove.",
                               .example = "[\\Seen]"}};
constexpr Key kMovesKeys[] = {kDeviceKey,
                              kMessagesKey,
                              {.name = "to",
                               .type = kText,
                               .required = true,
                               .about = "The mailbox; it is made if it does not exist.",
                               .example = "Archive"}};
constexpr Key kDeletesKeys[] = {kDeviceKey, kMessagesKey};
constexpr Key kLooksUpKeys[] = {
    kDeviceKey,
    {.name = "name",
     .type = kDomain,
     .required = true,
     .about = "The domain name.",
     .example = "blue.com"},
    {.name = "type", .type = kText, .fallback = "A", .about = "The record type.", .example = "MX"}};
constexpr Key kLosesKeys[] = {{.name = "device",
                               .type = kLabel,
                               .required = true,
                               .about = "Which of the person's devices.",
                               .example = "laptop"}};

constexpr Key kMessageChoiceKeys[] = {{.name = "mailbox",
                                       .type = kText,
                                       .fallback = "INBOX",
                                       .about = "The mailbox they are in.",
                                       .example = "Archive"},
                                      {.name = "subject",
                                       .type = kText,
                                       .about = "Only messages with exactly this subject.",
                                       .example = "Lunch on Friday"},
                                      {.name = "from",
                                       .type = kMailAddress,
                                       .about = "Only messages of this author.",
                                       .example = "alice@red.com"},
                                      {.name = "newest",
                                       .type = kFlag,
                                       .fallback = "false",
                                       .about = "Only the last one of them.",
                                       .example = "true"}};

}  // namespace

constinit const Shape kStepShape = {"step",
                                    "One sentence of the story: a time, and a key that says who "
                                    "does what: the name of a user (alice, or "
                                    "alice@red.com if there are several), then the verb.",
                                    kStepKeys,
                                    "",
                                    false,
                                    kVerbs};
constinit const Shape kWritesShape = {
    "writes", "What is written, and to whom. At least one recipient.", kWritesKeys, "", false, {}};
constinit const Shape kChecksMailShape = {
    "checks mail", "A plain word is the device.", kChecksMailKeys, "device", true, {}};
constinit const Shape kRepliesShape = {
    "replies",
    "To the author, with Re: before the subject and the fields that make a thread of it (RFC 5322 "
    "section 3.6.4).",
    kRepliesKeys,
    "",
    false,
    {}};
constinit const Shape kReadsShape = {
    "reads",    "Only what the device has can be read; it need not be connected.",
    kReadsKeys, "",
    true,       {}};
constinit const Shape kMarksShape = {
    "marks", "At least one flag to add or to remove.", kMarksKeys, "", false, {}};
constinit const Shape kMovesShape = {"moves", "", kMovesKeys, "", false, {}};
constinit const Shape kDeletesShape = {
    "deletes", "A POP3 device deletes from INBOX.", kDeletesKeys, "", true, {}};
constinit const Shape kLooksUpShape = {
    "looks up", "A plain word is the name.", kLooksUpKeys, "name", false, {}};
constinit const Shape kLosesShape = {
    "loses", "A plain word is the device.", kLosesKeys, "device", false, {}};
constinit const Shape kMessageChoiceShape = {
    "choice of messages",
    "All that is given must fit. A plain text is the subject.",
    kMessageChoiceKeys,
    "subject",
    true,
    {}};

}  // namespace mailcosm::sim::scenario
