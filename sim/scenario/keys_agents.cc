// Keys of programs that are spelled out: resolvers, MTAs, mailbox servers and clients.
#include "sim/scenario/keys.h"
#include "sim/scenario/keys_transfer.h"

namespace mailcosm::sim::scenario {
namespace {

using enum Type;
using enum Arity;

constexpr std::string_view kServices[] = {"smtp", "submission", "lmtp", "pop3", "imap"};
constexpr std::string_view kTransports[] = {"mx", "relay", "lmtp"};
constexpr std::string_view kSyncs[] = {"inbox", "all"};
constexpr std::string_view kRetrievals[] = {"none", "pop3", "imap"};
constexpr std::int64_t kPortMax = 65'535;

constexpr Key kHostKey = {.name = "host",
                          .type = kName,
                          .required = true,
                          .about = "The host it runs on.",
                          .example = "mail.red.com"};

constexpr Key kAgentsKeys[] = {
    {.name = "resolvers",
     .type = kObject,
     .arity = kList,
     .about = "Caching, recursive resolvers.",
     .example = "[{host: resolver.red.com, root_hints: {a.root-servers.net: [198.18.0.1]}}]",
     .shape = &kResolverShape},
    {.name = "mtas",
     .type = kObject,
     .arity = kList,
     .about = "Mail transfer agents.",
     .example = "[{host: mx1.blue.com, listeners: [smtp], relay_domains: [blue.com]}]",
     .shape = &kMtaShape},
    {.name = "mailbox_servers",
     .type = kObject,
     .arity = kList,
     .about = "Mailbox servers.",
     .example = "[{host: store.blue.com, listeners: [lmtp, imap]}]",
     .shape = &kMailboxServerShape},
    {.name = "clients",
     .type = kObject,
     .arity = kList,
     .about = "Mail programs.",
     .example = "[{host: bob-phone.blue.com, user: bob@blue.com, device: phone, password: secret}]",
     .shape = &kClientShape}};

constexpr Key kResolverKeys[] = {
    kHostKey,
    {.name = "root_hints",
     .type = kIpAddress,
     .arity = kMap,
     .required = true,
     .about = "Names of the root servers and their addresses, one or a list.",
     .example = "{a.root-servers.net: [198.18.0.1]}",
     .map_type = kName},
    {.name = "local_zones",
     .type = kIpAddress,
     .arity = kMap,
     .about = "Zones of its own network and the addresses of their servers; names in them are "
              "asked there, not from the root on.",
     .example = "{red.com: [192.0.2.2]}",
     .map_type = kDomain},
    {.name = "cache_entries_max",
     .type = kInteger,
     .fallback = "100000",
     .about = "RRsets it remembers at most.",
     .example = "1000",
     .min = 1,
     .max = 100'000'000},
    {.name = "cache_ttl_max",
     .type = kDuration,
     .fallback = "7 days",
     .about = "Longer TTLs are cut to this.",
     .example = "1 day"},
    {.name = "negative_ttl_max",
     .type = kDuration,
     .fallback = "3 h",
     .about = "How long it remembers at most that a name does not exist (RFC 2308 section 5).",
     .example = "15 min"},
    {.name = "query_timeout",
     .type = kDuration,
     .fallback = "1500 ms",
     .about = "How long it waits for one server before it asks the next.",
     .example = "1 s"}};

constexpr Key kMtaPlaceKeys[] = {
    kHostKey,
    {.name = "name",
     .type = kName,
     .about =
         "What it calls itself in greetings and Received fields; without this key the host's name.",
     .example = "mx1.blue.com"},
    {.name = "listeners",
     .type = kObject,
     .arity = kOneOrList,
     .required = true,
     .about = "Services it offers: smtp, submission, lmtp.",
     .example = "[smtp, submission]",
     .shape = &kListenerShape},
    {.name = "local_domains",
     .type = kDomain,
     .arity = kOneOrList,
     .about = "Domains whose mail ends here: only their recipients and aliases are accepted.",
     .example = "[blue.com]"},
    {.name = "relay_domains",
     .type = kDomain,
     .arity = kOneOrList,
     .about = "Domains for which it takes mail from anybody and passes it on.",
     .example = "[blue.com]"},
    {.name = "recipients",
     .type = kMailAddress,
     .arity = kOneOrList,
     .about =
         "Good recipients of the local domains (and of the relay domains, if they are checked).",
     .example = "[bob@blue.com]"},
    {.name = "checks_relay_recipients",
     .type = kFlag,
     .fallback = "false",
     .about = "Whether recipients in relay domains must be among the recipients.",
     .example = "true"},
    {.name = "users_of",
     .type = kDomain,
     .arity = kOneOrList,
     .about = "Domains of the traffic's users: all of them are good recipients, and may log in.",
     .example = "[blue.com]"},
    {.name = "relay_from",
     .type = kAddressRange,
     .arity = kOneOrList,
     .about = "Clients from here may send to anybody without logging in.",
     .example = "[192.0.2.0/24]"},
    {.name = "routes",
     .type = kObject,
     .arity = kOneOrList,
     .about = "The way that mail for a domain takes; the most specific domain wins, and all else "
              "goes by MX.",
     .example = "[{domain: blue.com, transport: relay, server: hub.blue.com}]",
     .shape = &kRouteShape},
    {.name = "aliases",
     .type = kMailAddress,
     .arity = kMap,
     .about = "Addresses that stand for others: one target or a list.",
     .example = "{info@blue.com: [bob@blue.com]}",
     .map_type = kMailAddress},
    {.name = "accounts",
     .type = kObject,
     .arity = kMap,
     .about = "Who may log in at submission.",
     .example = "{alice@red.com: {password: secret}}",
     .shape = &kAccountShape,
     .map_type = kMailAddress}};
constexpr auto kMtaKeys = join(kMtaPlaceKeys, kTransferKeys);

constexpr Key kListenerKeys[] = {{.name = "service",
                                  .type = kChoice,
                                  .required = true,
                                  .about = "What it speaks.",
                                  .example = "smtp",
                                  .choices = kServices},
                                 {.name = "port",
                                  .type = kInteger,
                                  .about = "TCP port; without this key 25 for smtp, 587 for "
                                           "submission, 24 for lmtp, 110 for pop3, 143 for imap.",
                                  .example = "2525",
                                  .min = 1,
                                  .max = kPortMax}};

constexpr Key kRouteKeys[] = {
    {.name = "domain",
     .type = kText,
     .required = true,
     .about = "A domain; .blue.com for everything below it; \"*\" for all others.",
     .example = "blue.com"},
    {.name = "transport",
     .type = kChoice,
     .required = true,
     .about = "mx: to the domain's MX; relay: by SMTP to the server named; lmtp: by LMTP to the "
              "server named.",
     .example = "relay",
     .choices = kTransports},
    {.name = "server",
     .type = kName,
     .about = "Required for relay and lmtp.",
     .example = "hub.blue.com"},
    {.name = "port",
     .type = kInteger,
     .about = "Without this key 25 for relay and 24 for lmtp.",
     .example = "2525",
     .min = 1,
     .max = kPortMax}};

constexpr Key kAccountKeys[] = {{.name = "password",
                                 .type = kText,
                                 .required = true,
                                 .about = "For AUTH.",
                                 .example = "secret"},
                                {.name = "addresses",
                                 .type = kMailAddress,
                                 .arity = kOneOrList,
                                 .about = "Addresses it may send from besides its own.",
                                 .example = "[info@red.com]"}};

constexpr Key kMailboxServerKeys[] = {
    kHostKey,
    {.name = "name",
     .type = kName,
     .about = "What it calls itself; without this key the host's name.",
     .example = "store.blue.com"},
    {.name = "listeners",
     .type = kObject,
     .arity = kOneOrList,
     .required = true,
     .about = "Services it offers: lmtp, pop3, imap.",
     .example = "[lmtp, pop3, imap]",
     .shape = &kListenerShape},
    {.name = "accounts",
     .type = kObject,
     .arity = kMap,
     .about = "Mailboxes, by login.",
     .example = "{bob@blue.com: {password: secret}}",
     .shape = &kMailboxAccountShape,
     .map_type = kMailAddress},
    {.name = "users_of",
     .type = kDomain,
     .arity = kOneOrList,
     .about = "Domains of the traffic's users: each of them has an account here.",
     .example = "[blue.com]"},
    {.name = "quota_grace",
     .type = kDuration,
     .fallback = "1 day",
     .about = "How long mail for a full account is put off (452); when it has taken none for so "
              "long, it is refused for good (552).",
     .example = "2 h"}};

constexpr Key kMailboxAccountKeys[] = {
    {.name = "password",
     .type = kText,
     .required = true,
     .about = "For logging in.",
     .example = "secret"},
    {.name = "addresses",
     .type = kMailAddress,
     .arity = kOneOrList,
     .about = "Recipients whose mail is stored here, besides the login itself.",
     .example = "[robert@blue.com]"},
    {.name = "mailboxes",
     .type = kText,
     .arity = kOneOrList,
     .about = "Mailboxes that exist at the start besides INBOX.",
     .example = "[Sent]"},
    {.name = "quota",
     .type = kSize,
     .fallback = "unlimited",
     .about = "Room of the account.",
     .example = "1 GiB",
     .zero = "unlimited"}};

constexpr Key kClientKeys[] = {
    kHostKey,
    {.name = "user",
     .type = kMailAddress,
     .required = true,
     .about = "The person's address, which is also the login.",
     .example = "bob@blue.com"},
    {.name = "display_name",
     .type = kText,
     .about = "The person's name in the From field.",
     .example = "Bob Blue"},
    {.name = "device",
     .type = kLabel,
     .required = true,
     .about = "What the story calls this program.",
     .example = "phone"},
    {.name = "password",
     .type = kText,
     .required = true,
     .about = "For both servers.",
     .example = "secret"},
    {.name = "submission_server",
     .type = kName,
     .about = "Where it sends mail; without this key it only reads.",
     .example = "mail.red.com"},
    {.name = "submission_port",
     .type = kInteger,
     .fallback = "587",
     .about = "TCP port of the submission server.",
     .example = "587",
     .min = 1,
     .max = kPortMax},
    {.name = "retrieval",
     .type = kChoice,
     .fallback = "none",
     .about = "How it gets mail.",
     .example = "imap",
     .choices = kRetrievals},
    {.name = "retrieval_server",
     .type = kName,
     .about = "Required unless retrieval is none.",
     .example = "store.blue.com"},
    {.name = "retrieval_port",
     .type = kInteger,
     .about = "TCP port; without this key 110 for pop3, 143 for imap.",
     .example = "143",
     .min = 1,
     .max = kPortMax},
    {.name = "leave_on_server",
     .type = kFlag,
     .fallback = "false",
     .about = "POP3: whether downloaded messages stay on the server.",
     .example = "true"},
    {.name = "keeps_sent",
     .type = kFlag,
     .fallback = "false",
     .about = "IMAP: whether a copy of what it sends goes into the sent mailbox.",
     .example = "true"},
    {.name = "sent_mailbox",
     .type = kText,
     .fallback = "Sent",
     .about = "Name of that mailbox.",
     .example = "Sent Items"},
    {.name = "syncs",
     .type = kChoice,
     .fallback = "inbox",
     .about = "IMAP: what a check copies and compares: INBOX only, or all mailboxes.",
     .example = "all",
     .choices = kSyncs},
    {.name = "idles",
     .type = kFlag,
     .fallback = "false",
     .about = "IMAP: whether it stays connected after a check and is told of new mail at once (RFC "
              "2177).",
     .example = "true"},
    {.name = "check_every",
     .type = kDuration,
     .fallback = "never",
     .about = "How often it looks for new mail by itself; never: only when the story says so.",
     .example = "5 min",
     .zero = "never"}};

}  // namespace

constinit const Shape kAgentsShape = {"agents",
                                      "Programs that are spelled out, besides those of the "
                                      "organisations. DNS servers need no mention: a host that a "
                                      "zone names among its servers is one.",
                                      kAgentsKeys,
                                      "",
                                      true,
                                      {}};
constinit const Shape kResolverShape = {
    "resolver", "A caching, recursive resolver on port 53 (UDP and TCP).", kResolverKeys, "", false,
    {}};
constinit const Shape kMtaShape = {
    "mta", "A mail transfer agent. It finds other servers by DNS.", kMtaKeys, "", false, {}};
constinit const Shape kListenerShape = {
    "listener",    "One service on one port. A plain word is the service.",
    kListenerKeys, "service",
    false,         {}};
constinit const Shape kRouteShape = {
    "route", "The way that mail for a domain takes.", kRouteKeys, "", false, {}};
constinit const Shape kAccountShape = {
    "account",    "Somebody who may submit mail. A plain text is the password.",
    kAccountKeys, "password",
    false,        {}};
constinit const Shape kMailboxServerShape = {
    "mailbox server", "One store behind LMTP, POP3 and IMAP.", kMailboxServerKeys, "", false, {}};
constinit const Shape kMailboxAccountShape = {
    "mailbox account",
    "The mailboxes of one login. A plain text is the password.",
    kMailboxAccountKeys,
    "password",
    false,
    {}};
constinit const Shape kClientShape = {
    "client", "A mail program on one device of one person.", kClientKeys, "", false, {}};

}  // namespace mailcosm::sim::scenario
