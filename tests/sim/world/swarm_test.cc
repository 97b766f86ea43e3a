// Swarms of faults: several at random, overlapping as they may. Once they are over, whatever was
// promised has arrived and all queues are empty.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "protocols/base/random.h"
#include "tests/sim/world/world_run.h"

namespace mailcosm::sim {
namespace {

constexpr std::array kEffects = {
    "link: {between: [router.red.com, internet], up: false}",
    "link: {between: [router.blue.com, internet], loss: 30 %}",
    "link: {between: [router.blue.com, internet], latency: 2 s, jitter: 1 s, reorders: true}",
    "link: {between: [store.blue.com, router.blue.com], flaps: {down: 3 s, up: 2 s}}",
    "link: {between: [mx1.blue.com, router.blue.com], up: false, one_way: true}",
    "link: {between: [mail.red.com, router.red.com], bandwidth: 8 kbit/s, queue: 2}",
    "link: {between: [router.red.com, internet], duplication: 50 %}",
    "partition: {cuts_off: [blue.com]}",
    "partition: {cuts_off: [a.root-servers.net, store.blue.com]}",
    "host: {name: mail.red.com, loses: power}",
    "host: {name: mx1.blue.com, loses: power}",
    "host: {name: store.blue.com, loses: power}",
    "host: {name: ns1.blue.com, loses: power}",
    "host: {name: resolver.red.com, loses: power}",
    "host: {name: bob-phone.blue.com, loses: everything}",
    "disk: {host: mail.red.com, full: true}",
    "disk: {host: mx1.blue.com, fails: true}",
    "disk: {host: store.blue.com, full: true, slow: 2 s}",
    "dns: {host: ns1.blue.com, answers: lame}",
    "dns: {host: a.nic.com, answers: nothing}",
    "dns: {host: resolver.red.com, answers: servfail, delay: 2 s}",
    "dns: {host: resolver.blue.com, answers: truncated}",
    "replies: {host: mail.red.com, delay: 7 s}",
    "replies: {host: mx1.blue.com, drops: true}",
    "replies: {host: mx1.blue.com, command: message, drops: true, delay: 3 s}",
    "replies: {host: mx1.blue.com, command: RCPT, answers: 421 4.3.0 Bye, count: 2}",
    "replies: {host: mx1.blue.com, command: connect, answers: 421 4.7.0 Later}",
    "replies: {host: store.blue.com, command: connect, answers: 421 4.7.0 Later}",
    "replies: {host: store.blue.com, protocol: lmtp, command: message, answers: 451 4.3.0 Later}",
    "replies: {host: store.blue.com, protocol: imap, delay: 40 min}",
    "replies: {host: store.blue.com, protocol: imap, command: SELECT, drops: true}",
    "replies: {host: store.blue.com, protocol: pop3, command: RETR, answers: \"-ERR [SYS/TEMP]\"}",
};
constexpr std::array kTriggers = {
    "at: 0 s",
    "at: 8 ms",
    "at: 338 ms",
    "at: 384 ms",
    "at: 1 min",
    "when: {line: {host: mx1.blue.com, protocol: smtp}, nth: 5}",
    "when: {line: {host: store.blue.com, direction: sent, text: {starts_with: 250 2}}, nth: 2}",
    "when: {event: {kind: dns.received}, nth: 6, after: 1 ms}",
};
constexpr std::array kSpans = {"1 ms", "20 ms", "3 s", "1 min", "20 min", "2 h", "1 day"};

template <typename Choices>
std::string one_of(const Choices& choices, Random& random) {
  return choices[static_cast<std::size_t>(random.below(choices.size()))];
}

std::string swarm(std::uint64_t seed) {
  Random random(seed);
  std::string text = R"(mailcosm: 1
title: A swarm of faults
until: 5 days
organisations:
  red.com: {users: {alice: {devices: {laptop: imap}}}}
  blue.com: {users: {bob: {devices: {phone: {protocol: imap, idles: true, check_every: 7 h}, desktop: pop3}}}}
story:
  - {at: 1 ms, alice writes: {to: bob@blue.com, subject: One, body: One.}}
  - {at: 1 min, alice writes: {to: [bob@blue.com, nobody@blue.com], subject: Two, body: Two.}}
  - {at: 1 h, bob checks mail: phone}
  - {at: 4 days, bob checks mail: desktop}
expect:
  - {queue: mail.red.com, has: {count: 0}}
  - {queue: mx1.blue.com, has: {count: 0}}
  - {message: {user: bob@blue.com, subject: One}, has: {as_written: true}, within: 3.5 days}
  - {message: {user: bob@blue.com, subject: Two}, has: {as_written: true}, within: 3.5 days}
  - {bounce: alice@red.com}
faults:
)";
  for (std::uint64_t left = 1 + random.below(5); left > 0; --left) {
    text += "  - {" + one_of(kTriggers, random) + ", for: " + one_of(kSpans, random) + ", " +
            one_of(kEffects, random) + "}\n";
  }
  return text;
}

TEST(SwarmTest, WhatWasPromisedArrivesOnceTheFaultsAreOver) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const std::string text = swarm(seed);
    SCOPED_TRACE(text.substr(text.find("faults:")));
    const WorldRun run(text);
    EXPECT_EQ(run.failures, "");
    if (seed % 10 != 0) continue;
    EXPECT_EQ(WorldRun(text).digest, run.digest);
  }
}

}  // namespace
}  // namespace mailcosm::sim
