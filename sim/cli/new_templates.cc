#include "sim/cli/new_templates.h"

#include <array>

namespace mailcosm::cli {
namespace {

constexpr std::string_view kFirst = R"(# {title}: one mail between two organisations.
#
# Run it:   mailcosm run FILE
# Test it:  mailcosm test FILE
# All keys: docs/scenario-format.md; `mailcosm expand FILE` shows what is behind the shorthands.
mailcosm: 1
title: {title}
about: >
  Alice at red.com writes one mail to Bob at blue.com, and Bob reads it on his phone.

# An organisation has all that a real one has: a router, DNS servers, a resolver, a mail server for the world (mx1), one
# for its own people (mail), a mailbox server (store), and a host for each device.
organisations:
  red.com:
    users:
      alice:
        name: Alice Red
        devices: {laptop: imap}
  blue.com:
    users:
      bob:
        name: Bob Blue
        devices: {phone: imap}   # or pop3

# Who does what, and when. Times are counted from the start of the run.
story:
  - at: 0 s
    alice writes:
      to: bob@blue.com
      subject: Lunch
      body: |
        Dear Bob,

        shall we have lunch on Friday?
  - at: 1 min
    bob checks mail: phone

# What must be true. `mailcosm test` says which of these did not hold, and what happened instead.
expect:
  - says: Alice's server takes the mail.
    event: message.submitted
    has: {count: 1}
  - says: Bob's phone has the mail as Alice wrote it.
    received: {user: bob, device: phone}
    has: {count: 1, subject: Lunch, as_written: true}
  - says: Nothing comes back.
    bounce: {}
    never: true
)";

constexpr std::string_view kOrganisations =
    R"(# {title}: two organisations with more than one mail server.
#
# Run it:   mailcosm run FILE
# Test it:  mailcosm test FILE
# All keys: docs/scenario-format.md; `mailcosm expand FILE` shows what is behind the shorthands.
mailcosm: 1
title: {title}
about: >
  Alice at red.com writes to Bob and Carol at blue.com, which has two mail servers for the world and one behind them.

organisations:
  red.com:
    uplink: {latency: 20 ms}      # its line to the internet
    users:
      alice: {name: Alice Red, devices: {laptop: imap}}
  blue.com:
    mail:
      mx: {mx1: 10, mx2: 20}      # the smaller preference is tried first
      relay: hub                  # takes the mail from both, and hands it to the mailbox server
    users:
      bob: {name: Bob Blue, devices: {phone: imap}}
      carol: {name: Carol Blue, devices: {laptop: imap}}

story:
  - at: 0 s
    alice writes:
      to: [bob@blue.com, carol@blue.com]
      subject: Meeting
      body: We meet at three.
  - at: 1 min
    bob checks mail: phone
  - at: 1 min
    carol checks mail: laptop

expect:
  - says: The MX with the smaller preference is chosen.
    event: {kind: mx.selected, host: mail.red.com}
    has: {count: 1, fields: {host: {starts_with: mx1.blue.com}}}
  - says: The mail crosses the internet once, for both.
    event: {kind: message.accepted, host: mx1.blue.com}
    has: {count: 1}
  - says: The other MX gets nothing.
    line: {host: mx2.blue.com, direction: received}
    never: true
  - says: Bob has it.
    received: {user: bob, device: phone}
    has: {count: 1, as_written: true}
  - says: Carol has it.
    received: {user: carol, device: laptop}
    has: {count: 1, as_written: true}
)";

constexpr std::string_view kFailure = R"(# {title}: a mail that comes back.
#
# Run it:   mailcosm run FILE
# Test it:  mailcosm test FILE
# All keys: docs/scenario-format.md; `mailcosm expand FILE` shows what is behind the shorthands.
mailcosm: 1
title: {title}
about: >
  Alice mistypes Bob's address. The server of blue.com does not know it, and Alice gets a notification.

organisations:
  red.com:
    users:
      alice: {name: Alice Red, devices: {laptop: imap}}
  blue.com:
    users:
      bob: {name: Bob Blue}

story:
  - at: 0 s
    alice writes: {to: bbo@blue.com, subject: Lunch, body: "On Friday?"}
    x-ignore: [recipient-unknown]   # `mailcosm lint` would ask whether that is meant
  - at: 1 min
    alice checks mail: laptop

expect:
  - says: mx1.blue.com refuses the address in the dialogue.
    line: {host: mx1.blue.com, protocol: smtp, direction: sent, text: {starts_with: "550 "}}
    has: {count: 1}
  - says: Alice's own server writes the notification, because it still has the mail.
    bounce: {host: mail.red.com}
    has: {count: 1, recipient: alice@red.com, action: failed}
  - says: Alice reads what went wrong.
    received: {user: alice, device: laptop}
    has: {count: 1, content: {contains: ["Action: failed", "bbo@blue.com"]}}
  - says: Bob gets nothing.
    mailbox: bob
    has: {count: 0}
)";

constexpr std::string_view kFault =
    R"(# {title}: a server without power, and a mail that waits for it.
#
# Run it:   mailcosm run FILE
# Test it:  mailcosm test FILE
# All keys: docs/scenario-format.md, with everything that can break under `faults`.
mailcosm: 1
title: {title}
about: >
  The mail server of blue.com has no power for an hour. Alice's server keeps her mail and tries again.

organisations:
  red.com:
    mail: {retry_first: 15 min}   # how long it waits before it tries again the first time
    users:
      alice: {name: Alice Red, devices: {laptop: imap}}
  blue.com:
    users:
      bob: {name: Bob Blue, devices: {phone: imap}}

# What breaks, when, and for how long.
faults:
  - says: mx1.blue.com is without power for an hour.
    at: 0 s
    for: 1 h
    host: {name: mx1.blue.com, loses: power}

story:
  - at: 1 min
    alice writes: {to: bob@blue.com, subject: Are you there, body: Please call me.}
  - at: 3 h
    bob checks mail: phone

expect:
  - says: Alice's server puts the mail off at least once.
    event: {kind: recipient.deferred, host: mail.red.com}
    has: {count: {at_least: 1}}
  - says: Bob gets it in the end, once.
    received: {user: bob, device: phone}
    has: {count: 1, as_written: true}
  - says: Nothing is given up.
    event: recipient.bounced
    never: true
)";

constexpr std::string_view kDns = R"(# {title}: what the DNS is asked, and what is remembered.
#
# Run it:   mailcosm run FILE
# Test it:  mailcosm test FILE
# All keys: docs/scenario-format.md; `mailcosm expand FILE` shows the zones in full.
mailcosm: 1
title: {title}
about: >
  Alice writes to Bob twice. For the first mail the resolver asks from the root on; for the second it asks nobody.

organisations:
  red.com:
    users:
      alice: {name: Alice Red, devices: {laptop: imap}}
  blue.com:
    dns: {ttl: 1 h}               # how long an answer may be remembered
    users:
      bob: {name: Bob Blue, devices: {phone: imap}}

story:
  - at: 0 s
    alice writes: {to: bob@blue.com, subject: First, body: Nobody has asked for blue.com yet.}
  - at: 10 min
    alice writes: {to: bob@blue.com, subject: Second, body: Now it is known.}
  - at: 20 min
    bob checks mail: phone

expect:
  - says: For the first mail the resolver asks the root.
    event: {kind: dns.received, host: a.root-servers.net, fields: {summary: query blue.com MX}}
    has: {count: 1}
  - says: The second time, the MX comes from the cache.
    event: {kind: cache.hit, host: resolver.red.com, fields: {name: {starts_with: blue.com}, type: MX}}
    has: {count: 1, time: {at_least: 10 min}}
  - says: Bob's phone has both mails.
    received: {user: bob, device: phone}
    has: {count: 2}
)";

constexpr std::string_view kPopulation = R"(# {title}: many people, counted and not listed.
#
# Run it:   mailcosm run FILE     (the numbers at the end; the dialogues only of small experiments)
# Test it:  mailcosm test FILE
# All keys: docs/scenario-format.md; docs/population.md says what is modelled.
mailcosm: 1
title: {title}
about: >
  Five hundred people in fifty domains write five hundred mails within ten minutes.

population:
  domains: 50                     # d1.com to d50.com
  users: 500                      # u1@d1.com, ...
  providers: {count: 5, exponent: 1}   # who host the domains: few have most mailboxes
  mails:
    count: 500
    during: 10 min
    arrivals: poisson             # or constant, diurnal, bursts, self-exciting
    size: {lognormal: {median: 3 KiB, sigma: 1}}

expect:
  - says: All mails arrive.
    event: {kind: message.stored, fields: {mailbox: INBOX}}
    has: {count: 500}
  - says: No delivery fails.
    event: recipient.bounced
    never: true
)";

constexpr std::array kTemplates = {
    NewTemplate{"first", "one mail from Alice to Bob", kFirst},
    NewTemplate{"organisations", "two organisations with several mail servers", kOrganisations},
    NewTemplate{"failure", "an address that does not exist, and the notification", kFailure},
    NewTemplate{"fault", "a server without power, and a mail that waits", kFault},
    NewTemplate{"dns", "what the DNS is asked, and what is remembered", kDns},
    NewTemplate{"population", "many people and many mails, for experiments", kPopulation},
};

}  // namespace

std::span<const NewTemplate> new_templates() { return kTemplates; }

}  // namespace mailcosm::cli
