// Keys of organisations: the shorthand for everything that a real one has.
#include "sim/scenario/keys.h"
#include "sim/scenario/keys_transfer.h"

namespace mailcosm::sim::scenario {
namespace {

using enum Type;
using enum Arity;

constexpr std::string_view kProtocols[] = {"imap", "pop3", "none"};
constexpr std::string_view kSyncs[] = {"inbox", "all"};
constexpr std::string_view kPlaces[] = {"office", "home", "mobile"};

constexpr Key kOrganisationKeys[] = {
    {.name = "name", .type = kText, .about = "What people call it.", .example = "Blue Ltd"},
    {.name = "network",
     .type = kAddressRange,
     .about = "IPv4 range of its hosts, 16 to 24 bits long. Without this key the first three "
              "organisations get "
              "192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24, the others ranges from "
              "198.19.0.0/16 and 10.0.0.0/8.",
     .example = "192.0.2.0/24"},
    {.name = "users",
     .type = kObject,
     .arity = kMap,
     .about = "People with a mailbox, by the local part of their address.",
     .example = "{bob: {devices: {phone: imap}}}",
     .shape = &kUserShape,
     .map_type = kLocalPart,
     .repeats = true},
    {.name = "aliases",
     .type = kMailAddress,
     .arity = kMap,
     .about =
         "Addresses of the domain that stand for others: the local part, and one target or a list.",
     .example = "{info: [bob@blue.com, alice@red.com]}",
     .map_type = kLocalPart},
    {.name = "mail",
     .type = kObject,
     .about = "Its mail servers.",
     .example = "{relay: hub}",
     .shape = &kOrganisationMailShape},
    {.name = "dns",
     .type = kObject,
     .about = "Its name servers.",
     .example = "{ttl: 5 min}",
     .shape = &kOrganisationDnsShape},
    {.name = "lan",
     .type = kObject,
     .about = "Links between its hosts and its router; by default 200 us and 1 Gbit/s.",
     .example = "{latency: 1 ms}",
     .shape = &kLinkSettingsShape},
    {.name = "uplink",
     .type = kObject,
     .about = "Link between its router and the router 'internet'; by default 10 ms and 100 Mbit/s.",
     .example = "{latency: 50 ms, loss: 1 %}",
     .shape = &kLinkSettingsShape}};

constexpr Key kMailPlaceKeys[] = {
    {.name = "mx",
     .type = kInteger,
     .arity = kMap,
     .fallback = "{mx1: 10}",
     .about = "Edge servers with their MX preference; the smallest is tried first (RFC 5321 "
              "section 5.1).",
     .example = "{mx1: 10, mx2: 20}",
     .map_type = kLabel,
     .max = 65'535},
    {.name = "relay",
     .type = kLabel,
     .about = "An internal server between the edge and the mailboxes; without this key there is "
              "none, and the edge "
              "servers hand over to the mailbox server themselves.",
     .example = "hub"},
    {.name = "submission",
     .type = kLabel,
     .fallback = "mail",
     .about =
         "The server that takes mail from the organisation's own people (port 587) and sends it.",
     .example = "smtp"},
    {.name = "smart_host",
     .type = kName,
     .about = "A server, named in full, that takes all mail for others and knows the way; without "
              "this key the servers go by MX.",
     .example = "smtp.provider.net"},
    {.name = "store",
     .type = kLabel,
     .fallback = "store",
     .about = "The mailbox server (POP3, IMAP, LMTP).",
     .example = "mailboxes"}};

constexpr Key kQuotaKeys[] = {
    {.name = "quota",
     .type = kSize,
     .fallback = "unlimited",
     .about = "Room of each mailbox account.",
     .example = "1 GiB",
     .zero = "unlimited"},
    {.name = "quota_grace",
     .type = kDuration,
     .fallback = "1 day",
     .about = "How long mail for a full account is put off (452); when it has taken none for so "
              "long, it is refused for good (552).",
     .example = "2 h"}};
constexpr auto kMailKeys = join(kMailPlaceKeys, kTransferKeys, kQuotaKeys);

constexpr Key kDnsKeys[] = {
    {.name = "ttl",
     .type = kDuration,
     .fallback = "1 h",
     .about = "TTL of the zone's records, in whole seconds.",
     .example = "5 min"},
    {.name = "negative_ttl",
     .type = kDuration,
     .fallback = "5 min",
     .about = "How long others remember that a name does not exist (RFC 2308), in whole seconds.",
     .example = "1 min"},
    {.name = "records",
     .type = kText,
     .about = "Further records of the zone, as lines of a master file (RFC 1035 section 5).",
     .example = "\"www A 192.0.2.80\\n\""}};

constexpr Key kUserKeys[] = {
    {.name = "name",
     .type = kText,
     .about = "The person's name, for the From field and for the story.",
     .example = "Bob Blue"},
    {.name = "password",
     .type = kText,
     .about = "Without this key it is made from the local part: bob-password.",
     .example = "correct horse"},
    {.name = "quota",
     .type = kSize,
     .about = "Room of the account; without this key as the organisation says.",
     .example = "10 MiB",
     .zero = "unlimited"},
    {.name = "mailboxes",
     .type = kText,
     .arity = kOneOrList,
     .about = "Mailboxes that exist at the start besides INBOX.",
     .example = "[Sent, Archive]"},
    {.name = "devices",
     .type = kObject,
     .arity = kMap,
     .about = "Where the person reads and writes mail.",
     .example = "{phone: imap, desktop: {protocol: pop3, leave_on_server: true}}",
     .shape = &kDeviceShape,
     .map_type = kLabel}};

constexpr Key kDeviceKeys[] = {
    {.name = "protocol",
     .type = kChoice,
     .required = true,
     .about = "How it gets mail; none only writes.",
     .example = "imap",
     .choices = kProtocols},
    {.name = "leave_on_server",
     .type = kFlag,
     .fallback = "false",
     .about = "POP3: whether downloaded messages stay on the server.",
     .example = "true"},
    {.name = "keeps_sent",
     .type = kFlag,
     .fallback = "false",
     .about = "IMAP: whether a copy of what it sends goes into the mailbox Sent.",
     .example = "true"},
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
     .zero = "never"},
    {.name = "place",
     .type = kChoice,
     .fallback = "office",
     .about = "How it is connected: office (the organisation's network, 200 us, 1 Gbit/s), home "
              "(to the router "
              "'internet', 8 ms, 50 Mbit/s) or mobile (to the router 'internet', 40 ms, jitter 5 "
              "ms, 20 Mbit/s).",
     .example = "mobile",
     .choices = kPlaces},
    {.name = "link",
     .type = kObject,
     .about = "Changes of its link.",
     .example = "{loss: 2 %}",
     .shape = &kLinkSettingsShape}};

}  // namespace

constinit const Shape kOrganisationShape = {
    "organisation",
    "A domain with people. It expands to a router, a resolver, a name server with the zones, edge "
    "mail servers, a "
    "submission server, if wanted an internal relay, a mailbox server, one host for each device, "
    "their links and "
    "addresses. `mailcosm expand` prints all of it.",
    kOrganisationKeys,
    "",
    true,
    {}};
constinit const Shape kOrganisationMailShape = {
    "organisation's mail",
    "The mail servers of an organisation. Server names are single labels below its domain.",
    kMailKeys,
    "",
    true,
    {}};
constinit const Shape kOrganisationDnsShape = {
    "organisation's dns", "The name server of an organisation.", kDnsKeys, "", true, {}};
constinit const Shape kUserShape = {"user", "One person with a mailbox.", kUserKeys, "", true, {}};
constinit const Shape kDeviceShape = {
    "device",    "One mail program on one machine. A plain word is its protocol: `phone: imap`.",
    kDeviceKeys, "protocol",
    false,       {}};

}  // namespace mailcosm::sim::scenario
