#include "sim/scenario/expand.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "sim/scenario/yaml_writer.h"
#include "tests/sim/scenario/support.h"

namespace mailcosm::sim::scenario {
namespace {

// The expanded text must stand for the same scenario, of which its own expansion is the proof.
void expect_fixed_point(std::string_view text) {
  const std::string once = expand(parsed(text));
  const std::string twice = expand(parsed(once));
  EXPECT_EQ(once, twice);
  EXPECT_EQ(once.find("organisations:"), std::string::npos);
}

TEST(ExpandTest, ReadsBackTheSame) { expect_fixed_point(kTwoOrganisations); }

TEST(ExpandTest, AllScenariosReadBackTheSame) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    SCOPED_TRACE(entry.path().string());
    expect_fixed_point(read_file(entry.path().string()));
    ++files;
  }
  EXPECT_GE(files, 1u);
}

TEST(ExpandTest, StoriesAndExpectationsReadBackTheSame) {
  expect_fixed_point(std::string(kTwoOrganisations) + R"yaml(
lesson: "First line\n  second\tline\nyes"
story:
  - at: 1.5 s
    alice writes:
      to: [bob@blue.com, nobody@blue.com]
      cc: alice@red.com
      bcc: x@y.org
      subject: "yes"
      body: "\n  starts with an empty line\n\ttab\n\n\n"
      headers: {X-Mood: "good: very", X-Empty: ""}
  - at: 0 s
    bob checks mail:
  - at: 2 s
    bob marks: {messages: {from: alice@red.com, newest: true, mailbox: "a b"}, add: [\Seen, work], remove: \Flagged}
  - at: 2 s
    bob moves: {messages: Hello, to: Archive/2026}
  - at: 3 s
    bob deletes: {device: desktop}
  - at: 4 s
    mx1.blue.com looks up: {name: red.com, type: mx}
  - at: 5 s
    alice loses: laptop
expect:
  - line: {text: {matches: "*[a-z]?, \"quoted\" #no comment"}, protocol: {is: [smtp, lmtp], is_not: imap}}
    has: {count: {at_least: 1, less_than: [5, 6]}, text: {contains_not: [": ", "- "]}}
    after: 1 s
    within: 2 min
  - event: {kind: mx.selected, fields: {preference: 10, host: "10", domain: {ends_with: .com}}}
    has: {fields: {candidates: {contains: mx1}}, time: {at_most: 3 s}}
  - message: {user: bob, mailbox: Archive}
    has: {header X-Mood: good, count of header Received: {more_than: 2}, size: {at_most: 2 KiB}, as_written: false}
    never: true
  - lookup: {name: blue.com, type: mx, result: NXDOMAIN}
    has: {ttl: {at_most: 1 h}}
)yaml");
}

TEST(ExpandTest, WhatIsSpelledOutReadsBackTheSame) {
  expect_fixed_point(R"yaml(mailcosm: 1
title: "Spelled out: all of it"
until: 1 h
routers: {r.org: {organisation: org}, r2: {}}
hosts:
  a.org: {addresses: [10.0.0.1, "2001:db8::1"], name_servers: 10.0.0.2}
  b.org: {addresses: 10.0.0.2, organisation: b.org}
links:
  - {between: [a.org, r.org], latency: 1 ms, bandwidth: 1.5 Mbit/s, jitter: 1 us, loss: 0.0001 %, duplication: 2 ppm,
     reorders: true, queue: 7, up: false}
  - {between: [r.org, b.org], latency: 1 ns}
zones:
  - {origin: ".", servers: a.org, text: "$TTL 60\n. SOA a.org. h.org. 1 2 3 4 5\n. NS a.org.\na.org. A 10.0.0.1"}
agents:
  resolvers: [{host: b.org, root_hints: {a.org: 10.0.0.1}}]
  mtas:
    - host: a.org
      listeners: [smtp, {service: submission, port: 1587}, lmtp]
      local_domains: [a.org]
      recipients: [x@a.org]
      relay_from: [10.0.0.0/8, "2001:db8::/32"]
      routes: [{domain: "*", transport: mx}, {domain: .b.org, transport: relay, server: b.org}]
      aliases: {y@a.org: [x@a.org, z@b.org]}
      accounts: {x@a.org: secret}
      delay_notice: never
  mailbox_servers:
    - {host: b.org, name: mail.b.org, listeners: [imap, pop3], accounts: {x@a.org: {password: "123", quota: 1 KiB, mailboxes: Sent}}}
  clients:
    - {host: a.org, user: x@A.org, device: d, password: p, retrieval: pop3, retrieval_server: b.org, check_every: 5 min}
)yaml");
}

TEST(ExpandTest, OddTextsAreQuoted) {
  EXPECT_EQ(YamlWriter::quoted_if_needed("plain text"), "plain text");
  for (const char* text : {"",  "yes", "12", "1e5", "~",    "null", "- a",     "a: b",       "a #b",
                           "*", "&a",  "!x", "{a}", "[a]",  " a",   "a ",      "2026-01-05", "@a",
                           "`", "%",   "?",  "a,b", "0x10", "'",    "\xc3\xa4"}) {
    EXPECT_EQ(YamlWriter::quoted_if_needed(text), "\"" + std::string(text) + "\"") << text;
  }
  EXPECT_EQ(YamlWriter::quoted_if_needed("a\"b\\"), "\"a\\\"b\\\\\"");
}

}  // namespace
}  // namespace mailcosm::sim::scenario
