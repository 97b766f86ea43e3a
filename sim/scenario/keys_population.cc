// Keys of populations, and of the traffic that they stand for.
#include "sim/scenario/keys.h"
#include "sim/scenario/keys_transfer.h"

namespace mailcosm::sim::scenario {
namespace {

using enum Type;
using enum Arity;

constexpr std::int64_t kUsersMax = 10'000'000;
constexpr std::int64_t kDomainsMax = 50'000;
constexpr std::int64_t kMailsMax = 1'000'000'000;
constexpr std::int64_t kExponentMax = 5'000'000;

constexpr std::string_view kProcesses[] = {"poisson", "constant", "diurnal", "bursts",
                                           "self-exciting"};

constexpr Key kDomainsKeys[] = {{.name = "count",
                                 .type = kInteger,
                                 .required = true,
                                 .about = "How many there are.",
                                 .example = "1000",
                                 .min = 1,
                                 .max = kDomainsMax},
                                {.name = "names",
                                 .type = kText,
                                 .fallback = "d*.com",
                                 .about = "What they are called: the star stands for a number "
                                          "from 1 on.",
                                 .example = "site*.org"}};

constexpr Key kUsersKeys[] = {
    {.name = "count",
     .type = kInteger,
     .required = true,
     .about = "How many there are in all domains together; each domain has at least one.",
     .example = "100000",
     .min = 1,
     .max = kUsersMax},
    {.name = "names",
     .type = kText,
     .fallback = "u*",
     .about = "Local parts of their addresses: the star stands for a number from 1 on, anew in "
              "each domain.",
     .example = "user*"},
    {.name = "exponent",
     .type = kDecimal,
     .fallback = "0",
     .about = "Of the Zipf distribution of the sizes of domains; 0 makes them all alike.",
     .example = "1",
     .max = kExponentMax}};

constexpr Key kProvidersKeys[] = {
    {.name = "count",
     .type = kInteger,
     .required = true,
     .about = "How many there are, at most as many as domains.",
     .example = "50",
     .min = 1,
     .max = 5'000},
    {.name = "names",
     .type = kText,
     .fallback = "p*.net",
     .about = "Their own domains: the star stands for a number from 1 on.",
     .example = "provider*.net"},
    {.name = "exponent",
     .type = kDecimal,
     .fallback = "1",
     .about = "Of the Zipf distribution of the mailboxes over the providers; 0 makes them all "
              "alike.",
     .example = "0.8",
     .max = kExponentMax}};

constexpr Key kCountKey[] = {{.name = "count",
                              .type = kInteger,
                              .required = true,
                              .about = "How many are written; each once, whatever its number of "
                                       "recipients.",
                              .example = "100000",
                              .max = kMailsMax}};

constexpr Key kMailsKeys[] = {
    {.name = "during",
     .type = kDuration,
     .fallback = "1 h",
     .about = "In which time they are written, on average: at most 100 days.",
     .example = "1 day"},
    {.name = "begin",
     .type = kDuration,
     .fallback = "0 s",
     .about = "Nobody writes before.",
     .example = "1 min"},
    {.name = "arrivals",
     .type = kObject,
     .about = "How they are spread over that time; without this key by a Poisson process.",
     .example = "{process: bursts, burst_factor: 20}",
     .shape = &kArrivalsShape},
    {.name = "recipients",
     .type = kObject,
     .about = "How many recipients each has; without this key 1.",
     .example = "{zipf: {max: 50, exponent: 2.5}}",
     .shape = &kRecipientsShape},
    {.name = "local",
     .type = kFraction,
     .fallback = "20 %",
     .about = "Recipients in the sender's own domain. The others are chosen from all users.",
     .example = "50 %"},
    {.name = "popularity",
     .type = kDecimal,
     .fallback = "0.8",
     .about = "Exponent of the Zipf distribution of recipients; 0 makes them all alike.",
     .example = "1",
     .max = kExponentMax},
    {.name = "activity",
     .type = kDecimal,
     .fallback = "0.8",
     .about = "Exponent of the Zipf distribution of senders, among those of one client host.",
     .example = "0",
     .max = kExponentMax},
    {.name = "size",
     .type = kObject,
     .about = "Octets of their bodies; without this key 95 % lognormal with median 3 KiB and "
              "sigma 1, 5 % Pareto from 10 KiB on with alpha 1.3, both up to 1 MiB.",
     .example = "{lognormal: {median: 4 KiB, sigma: 1.2}}",
     .shape = &kSizesShape}};
constexpr auto kPopulationMailsKeys = join(kCountKey, kMailsKeys);

constexpr Key kReadersKeys[] = {
    {.name = "imap",
     .type = kFraction,
     .fallback = "0 %",
     .about = "Users whose program fetches mail by IMAP.",
     .example = "30 %"},
    {.name = "pop3",
     .type = kFraction,
     .fallback = "0 %",
     .about = "Users whose program fetches mail by POP3 and deletes it on the server.",
     .example = "10 %"},
    {.name = "check_every",
     .type = kDuration,
     .fallback = "10 min",
     .about = "Time between two looks for new mail.",
     .example = "5 min"},
    {.name = "until",
     .type = kDuration,
     .fallback = "1 h",
     .about = "Nobody looks for new mail later, so that the run can end.",
     .example = "1 day"}};

constexpr Key kPopulationKeys[] = {
    {.name = "domains",
     .type = kObject,
     .required = true,
     .about = "Domains with mailboxes.",
     .example = "1000",
     .shape = &kPopulationDomainsShape},
    {.name = "users",
     .type = kObject,
     .required = true,
     .about = "People with a mailbox each.",
     .example = "100000",
     .shape = &kPopulationUsersShape},
    {.name = "providers",
     .type = kObject,
     .required = true,
     .about = "Organisations that host the domains.",
     .example = "50",
     .shape = &kPopulationProvidersShape},
    {.name = "users_per_host",
     .type = kInteger,
     .fallback = "1000",
     .about = "Users whose programs share one client host and its line to the internet.",
     .example = "200",
     .min = 1,
     .max = 20'000},
    {.name = "access",
     .type = kObject,
     .about = "Links between client hosts and the router 'internet'; by default 10 ms and "
              "1 Gbit/s.",
     .example = "{latency: 30 ms, bandwidth: 100 Mbit/s}",
     .shape = &kLinkSettingsShape},
    {.name = "lan",
     .type = kObject,
     .about = "Links between a provider's servers and its router; by default 200 us and 1 Gbit/s.",
     .example = "{latency: 1 ms}",
     .shape = &kLinkSettingsShape},
    {.name = "uplink",
     .type = kObject,
     .about = "Link between a provider's router and the router 'internet'; by default 10 ms and "
              "1 Gbit/s.",
     .example = "{latency: 50 ms, loss: 1 %}",
     .shape = &kLinkSettingsShape},
    {.name = "servers",
     .type = kObject,
     .about = "Limits and times of the providers' mail servers.",
     .example = "{retry_first: 5 min}",
     .shape = &kPopulationServersShape},
    {.name = "ttl",
     .type = kDuration,
     .fallback = "1 h",
     .about = "TTL of the records of providers and domains, in whole seconds.",
     .example = "1 day"},
    {.name = "mails",
     .type = kObject,
     .required = true,
     .about = "What they write.",
     .example = "{count: 100000, during: 1 h}",
     .shape = &kPopulationMailsShape},
    {.name = "readers",
     .type = kObject,
     .about = "How they read; without this key they do not.",
     .example = "{imap: 30 %, pop3: 10 %}",
     .shape = &kReadersShape}};

constexpr Key kGroupKeys[] = {{.name = "domain",
                               .type = kName,
                               .required = true,
                               .about = "The part of their addresses behind the @.",
                               .example = "blue.com"},
                              {.name = "names",
                               .type = kText,
                               .fallback = "u*",
                               .about = "The part in front: the star stands for a number from 1 "
                                        "to the count. The password is the same with -password "
                                        "behind.",
                               .example = "user*"},
                              {.name = "count",
                               .type = kInteger,
                               .required = true,
                               .about = "How many there are.",
                               .example = "100",
                               .min = 1,
                               .max = kUsersMax}};

constexpr Key kSourceKeys[] = {
    {.name = "host",
     .type = kName,
     .required = true,
     .about = "The host on which their programs run.",
     .example = "clients1.provider.net"},
    {.name = "first",
     .type = kInteger,
     .fallback = "1",
     .about = "Number of the first user, counted through all groups from 1 on.",
     .example = "1001",
     .min = 1,
     .max = kUsersMax},
    {.name = "users",
     .type = kInteger,
     .required = true,
     .about = "How many users, from the first one on.",
     .example = "1000",
     .min = 1,
     .max = kUsersMax},
    {.name = "mails",
     .type = kInteger,
     .required = true,
     .about = "Mails that they write together.",
     .example = "1000",
     .max = kMailsMax},
    {.name = "submission_server",
     .type = kName,
     .required = true,
     .about = "Where they hand in what they write.",
     .example = "mail.provider.net"},
    {.name = "submission_port",
     .type = kInteger,
     .fallback = "587",
     .about = "Its port.",
     .example = "2587",
     .min = 1,
     .max = 65'535},
    {.name = "retrieval_server",
     .type = kName,
     .about = "Where readers fetch their mail; needed if there are readers.",
     .example = "store.provider.net"},
    {.name = "imap_port",
     .type = kInteger,
     .fallback = "143",
     .about = "Its port for IMAP.",
     .example = "1143",
     .min = 1,
     .max = 65'535},
    {.name = "pop3_port",
     .type = kInteger,
     .fallback = "110",
     .about = "Its port for POP3.",
     .example = "1110",
     .min = 1,
     .max = 65'535}};

constexpr Key kTrafficKeys[] = {{.name = "users",
                                 .type = kObject,
                                 .arity = kList,
                                 .required = true,
                                 .about = "Who there is, counted and not listed.",
                                 .example = "[{domain: blue.com, count: 100}]",
                                 .shape = &kUserGroupShape},
                                {.name = "mails",
                                 .type = kObject,
                                 .about = "What they write.",
                                 .example = "{during: 1 h}",
                                 .shape = &kTrafficMailsShape},
                                {.name = "readers",
                                 .type = kObject,
                                 .about = "How they read; without this key they do not.",
                                 .example = "{imap: 30 %}",
                                 .shape = &kReadersShape},
                                {.name = "sources",
                                 .type = kObject,
                                 .arity = kList,
                                 .about = "On which hosts their programs run.",
                                 .example = "[{host: c1.blue.com, users: 100, mails: 1000, "
                                            "submission_server: mail.blue.com}]",
                                 .shape = &kTrafficSourceShape}};

constexpr Key kArrivalsKeys[] = {
    {.name = "process",
     .type = kChoice,
     .fallback = "poisson",
     .about = "poisson: independent of each other. constant: at equal distances. diurnal: Poisson "
              "with a rate for each hour of the day. bursts: Poisson with two rates that "
              "alternate. self-exciting: each mail makes more likely that others follow.",
     .example = "diurnal",
     .choices = kProcesses},
    {.name = "profile",
     .type = kInteger,
     .arity = kList,
     .about = "diurnal: weights of the 24 hours from midnight UTC on; without this key those of "
              "office hours.",
     .example = "[1, 1, 1, 1, 1, 1, 2, 4, 8, 9, 9, 9, 8, 9, 9, 9, 8, 6, 4, 3, 3, 3, 2, 1]",
     .max = 1'000},
    {.name = "burst_factor",
     .type = kInteger,
     .about = "bursts: how many times the rate in a burst is that between bursts; without this "
              "key 10.",
     .example = "20",
     .min = 1,
     .max = 1'000},
    {.name = "burst_length",
     .type = kDuration,
     .about = "bursts: how long one lasts, on average; without this key 1 min.",
     .example = "10 s"},
    {.name = "burst_pause",
     .type = kDuration,
     .about = "bursts: time from one to the next, on average; without this key 10 min.",
     .example = "5 min"},
    {.name = "branching",
     .type = kDecimal,
     .about = "self-exciting: mails that one causes directly, on average; without this key 0.5.",
     .example = "0.8",
     .max = 999'999},
    {.name = "memory",
     .type = kDuration,
     .about = "self-exciting: how long a mail goes on causing others; without this key 1 min.",
     .example = "5 min"}};

constexpr Key kUniformCountKeys[] = {{.name = "min",
                                      .type = kInteger,
                                      .required = true,
                                      .about = "The fewest.",
                                      .example = "1",
                                      .min = 1,
                                      .max = 1'000},
                                     {.name = "max",
                                      .type = kInteger,
                                      .required = true,
                                      .about = "The most.",
                                      .example = "3",
                                      .min = 1,
                                      .max = 1'000}};
constexpr Key kGeometricKeys[] = {{.name = "mean",
                                   .type = kDecimal,
                                   .required = true,
                                   .about = "Without the limit.",
                                   .example = "1.3",
                                   .min = 1'000'000,
                                   .max = 100'000'000},
                                  {.name = "max",
                                   .type = kInteger,
                                   .fallback = "100",
                                   .about = "The most.",
                                   .example = "20",
                                   .min = 1,
                                   .max = 1'000}};
constexpr Key kZipfKeys[] = {{.name = "max",
                              .type = kInteger,
                              .fallback = "100",
                              .about = "The most.",
                              .example = "50",
                              .min = 1,
                              .max = 1'000},
                             {.name = "exponent",
                              .type = kDecimal,
                              .fallback = "2.5",
                              .about = "Of the Zipf distribution over 1 to the most.",
                              .example = "3",
                              .max = kExponentMax}};
constexpr Key kRecipientsKinds[] = {{.name = "constant",
                                     .type = kInteger,
                                     .about = "Always so many.",
                                     .example = "1",
                                     .min = 1,
                                     .max = 1'000},
                                    {.name = "uniform",
                                     .type = kObject,
                                     .about = "Each number as likely as the others.",
                                     .example = "{min: 1, max: 3}",
                                     .shape = &kUniformCountShape},
                                    {.name = "geometric",
                                     .type = kObject,
                                     .about = "1, and one more with a fixed probability, and so "
                                              "on.",
                                     .example = "{mean: 1.3}",
                                     .shape = &kGeometricShape},
                                    {.name = "zipf",
                                     .type = kObject,
                                     .about = "Few have many.",
                                     .example = "{max: 50, exponent: 2.5}",
                                     .shape = &kZipfShape}};

constexpr Key kUniformSizeKeys[] = {
    {.name = "min", .type = kSize, .required = true, .about = "The smallest.", .example = "1 KiB"},
    {.name = "max", .type = kSize, .required = true, .about = "The largest.", .example = "10 KiB"}};
constexpr Key kExponentialKeys[] = {{.name = "mean",
                                     .type = kSize,
                                     .required = true,
                                     .about = "Without the limit.",
                                     .example = "5 KiB"}};
constexpr Key kLognormalKeys[] = {{.name = "median",
                                   .type = kSize,
                                   .required = true,
                                   .about = "Half of them are smaller: e to the power of mu.",
                                   .example = "4 KiB"},
                                  {.name = "sigma",
                                   .type = kDecimal,
                                   .required = true,
                                   .about = "Standard deviation of the natural logarithm.",
                                   .example = "1.3",
                                   .max = 5'000'000}};
constexpr Key kParetoKeys[] = {
    {.name = "min", .type = kSize, .required = true, .about = "The smallest.", .example = "10 KiB"},
    {.name = "alpha",
     .type = kDecimal,
     .required = true,
     .about = "The smaller, the heavier the tail; below 1 only the "
              "limit gives it a mean.",
     .example = "1.3",
     .min = 500'000,
     .max = 20'000'000},
    {.name = "max",
     .type = kSize,
     .about = "The largest: the bounded Pareto distribution.",
     .example = "1 MiB"}};
constexpr Key kTableRowKeys[] = {{.name = "below",
                                  .type = kSize,
                                  .required = true,
                                  .about = "End of an interval that begins where the one before "
                                           "ends; sizes in it are uniform.",
                                  .example = "1 KiB"},
                                 {.name = "share",
                                  .type = kFraction,
                                  .required = true,
                                  .about = "How many lie in it.",
                                  .example = "25 %"}};

constexpr Key kNamedSizes[] = {
    {.name = "constant", .type = kSize, .about = "Always so large.", .example = "10 kB"},
    {.name = "uniform",
     .type = kObject,
     .about = "Each size as likely as the others.",
     .example = "{min: 1 KiB, max: 10 KiB}",
     .shape = &kUniformSizeShape},
    {.name = "exponential",
     .type = kObject,
     .about = "Exponential.",
     .example = "{mean: 5 KiB}",
     .shape = &kExponentialShape},
    {.name = "lognormal",
     .type = kObject,
     .about = "The logarithm is normal.",
     .example = "{median: 4 KiB, sigma: 1.3}",
     .shape = &kLognormalShape},
    {.name = "pareto",
     .type = kObject,
     .about = "A heavy tail.",
     .example = "{min: 10 KiB, alpha: 1.3}",
     .shape = &kParetoShape},
    {.name = "table",
     .type = kObject,
     .arity = kList,
     .about = "Measured: shares of intervals, 100 % together.",
     .example = "[{below: 1 KiB, share: 25 %}, {below: 8 KiB, share: "
                "75 %}]",
     .shape = &kSizeTableShape}};
constexpr Key kMixtureKey[] = {{.name = "mixture",
                                .type = kObject,
                                .arity = kList,
                                .about = "Several with their shares, 100 % together.",
                                .example = "[{share: 95 %, lognormal: {median: 3 KiB, sigma: 1}}, "
                                           "{share: 5 %, pareto: {min: 10 KiB, alpha: 1.3}}]",
                                .shape = &kSizePartShape}};
constexpr auto kSizesKinds = join(kNamedSizes, kMixtureKey);
constexpr Key kSizesKeys[] = {{.name = "limit",
                               .type = kSize,
                               .fallback = "1 MiB",
                               .about = "What would be larger is drawn again.",
                               .example = "10 MiB"}};
constexpr Key kSizePartKeys[] = {{.name = "share",
                                  .type = kFraction,
                                  .required = true,
                                  .about = "How many are of this kind.",
                                  .example = "95 %"}};

}  // namespace

constinit const Shape kPopulationShape = {
    "population",
    "Many domains at few providers, and what their users write: the shorthand for experiments. "
    "Each provider has a router, a resolver, a name server, an MX host, a submission server, a "
    "mailbox server and client hosts. docs/population.md says what is modelled, and where the "
    "distributions come from.",
    kPopulationKeys,
    "",
    false,
    {}};
constinit const Shape kPopulationDomainsShape = {
    "population domains", "A plain number is the count.", kDomainsKeys, "count", false, {}};
constinit const Shape kPopulationUsersShape = {
    "population users", "A plain number is the count.", kUsersKeys, "count", false, {}};
constinit const Shape kPopulationProvidersShape = {
    "population providers", "A plain number is the count.", kProvidersKeys, "count", false, {}};
constinit const Shape kPopulationServersShape = {
    "population servers", "As in an organisation's mail.", kTransferKeys, "", true, {}};
constinit const Shape kPopulationMailsShape = {
    "population mails", "A plain number is the count.", kPopulationMailsKeys, "count", false, {}};
constinit const Shape kReadersShape = {
    "readers", "Programs that look for new mail by themselves.", kReadersKeys, "", true, {}};
constinit const Shape kTrafficShape = {
    "traffic",
    "What a population's users do, spelled out: who they are, what they write and on which hosts "
    "their programs run.",
    kTrafficKeys,
    "",
    false,
    {}};
constinit const Shape kUserGroupShape = {
    "user group", "Many users of one domain.", kGroupKeys, "", false, {}};
constinit const Shape kTrafficMailsShape = {
    "traffic mails", "What the sources write.", kMailsKeys, "", true, {}};
constinit const Shape kTrafficSourceShape = {
    "traffic source", "A host with the programs of many users.", kSourceKeys, "", false, {}};
constinit const Shape kArrivalsShape = {
    "arrivals", "A plain word is the process.", kArrivalsKeys, "process", false, {}};
constinit const Shape kRecipientsShape = {
    "recipients", "A plain number is constant.", {}, "constant", false, kRecipientsKinds};
constinit const Shape kUniformCountShape = {
    "uniform count", "Whole numbers.", kUniformCountKeys, "", false, {}};
constinit const Shape kGeometricShape = {
    "geometric count", "Whole numbers from 1 on.", kGeometricKeys, "", false, {}};
constinit const Shape kZipfShape = {
    "zipf count", "Whole numbers from 1 on.", kZipfKeys, "", false, {}};
constinit const Shape kSizesShape = {
    "size", "A plain size is constant.", kSizesKeys, "constant", false, kSizesKinds};
constinit const Shape kSizePartShape = {
    "size part", "One distribution of a mixture.", kSizePartKeys, "", false, kNamedSizes};
constinit const Shape kUniformSizeShape = {
    "uniform size", "From the smallest to the largest.", kUniformSizeKeys, "", false, {}};
constinit const Shape kExponentialShape = {
    "exponential size", "Many small ones.", kExponentialKeys, "", false, {}};
constinit const Shape kLognormalShape = {
    "lognormal size", "As of most files and messages.", kLognormalKeys, "", false, {}};
constinit const Shape kParetoShape = {
    "pareto size", "P(size > x) = (min / x) to the power of alpha.", kParetoKeys, "", false, {}};
constinit const Shape kSizeTableShape = {
    "size interval", "A row of a table.", kTableRowKeys, "", false, {}};

}  // namespace mailcosm::sim::scenario
