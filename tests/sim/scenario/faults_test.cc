// Faults as the language says them: what is read, what is refused, and that expansion keeps it.
#include <gtest/gtest.h>

#include "sim/scenario/expand.h"
#include "tests/sim/scenario/support.h"

namespace mailcosm::sim::scenario {
namespace {

std::string with(std::string_view faults) {
  return std::string(kTwoOrganisations) + "faults:\n" + std::string(faults) + "\n";
}

Fault one(std::string_view fault) {
  const Scenario scenario = parsed(with("  - " + std::string(fault)));
  EXPECT_EQ(scenario.faults.size(), 1u) << fault;
  return scenario.faults.empty() ? Fault{} : scenario.faults[0];
}

std::vector<std::string> wrong(std::string_view fault) {
  return messages(with("  - " + std::string(fault)));
}

TEST(FaultTest, BeginsAtTheStartAndLastsToTheEndUnlessItSaysOtherwise) {
  const Fault always = one("{disk: {host: mx1.blue.com, full: true}}");
  EXPECT_EQ(always.at, Instant{});
  EXPECT_EQ(always.span, Duration{});
  EXPECT_FALSE(always.when.has_value());
  const Fault window = one("{at: 10 s, for: 1 h, disk: {host: mx1.blue.com, full: true}}");
  EXPECT_EQ(window.at, Instant{} + std::chrono::seconds(10));
  EXPECT_EQ(window.span, std::chrono::hours(1));
}

TEST(FaultTest, ALinkKeepsWhatIsNotSaid) {
  const auto fault = std::get<LinkFault>(
      one("{link: {between: [router.red.com, internet], loss: 2 %, one_way: true}}").effect);
  EXPECT_EQ(fault.a, "router.red.com");
  EXPECT_EQ(fault.b, "internet");
  EXPECT_EQ(fault.loss, 20'000);
  EXPECT_TRUE(fault.one_way);
  EXPECT_FALSE(fault.latency || fault.up || fault.queue || fault.jitter || fault.bandwidth);
}

TEST(FaultTest, AnOrganisationIsAllOfItsMachines) {
  const auto fault = std::get<PartitionFault>(one("{partition: {cuts_off: red.com}}").effect);
  EXPECT_EQ(fault.machines,
            (std::vector<std::string>{"alice-laptop.red.com", "mail.red.com", "mx1.red.com",
                                      "ns1.red.com", "resolver.red.com", "router.red.com",
                                      "store.red.com"}));
}

TEST(FaultTest, VerbsAreReadInAnyCase) {
  const auto fault = std::get<ReplyFault>(
      one("{replies: {host: mx1.blue.com, command: rcpt, answers: 451 4.3.0 Later}}").effect);
  EXPECT_EQ(fault.command, "RCPT");
  const auto moment = std::get<ReplyFault>(
      one("{replies: {host: mx1.blue.com, command: Message, drops: true}}").effect);
  EXPECT_EQ(moment.command, "message");
}

TEST(FaultTest, ARateHasAUsualAnswer) {
  const auto mail = std::get<ReplyFault>(
      one("{replies: {host: mx1.blue.com, command: MAIL, over: 10, per: 1 min}}").effect);
  EXPECT_TRUE(mail.answers.starts_with("450 4.7.1 "));
  const auto connect =
      std::get<ReplyFault>(one("{replies: {host: mx1.blue.com, over: 10, per: 1 min}}").effect);
  EXPECT_EQ(connect.command, "connect");
  EXPECT_TRUE(connect.answers.starts_with("421 4.7.0 "));
}

TEST(FaultTest, AConditionHasTheWordsOfExpectations) {
  const Fault fault = one(
      "{when: {line: {host: mx1.blue.com, direction: sent, text: {starts_with: \"250 \"}}, nth: 2, "
      "after: 5 ms}, host: {name: mx1.blue.com, loses: power}}");
  ASSERT_TRUE(fault.when.has_value());
  EXPECT_EQ(fault.when->topic, Topic::kLine);
  EXPECT_EQ(fault.when->where.size(), 3u);
  EXPECT_EQ(fault.when->nth, 2);
  EXPECT_EQ(fault.when->after, std::chrono::milliseconds(5));
}

TEST(FaultTest, ExpansionMeansTheSame) {
  const std::string text =
      with(R"(  - {at: 1 s, for: 2 s, link: {between: [router.red.com, internet], up: false}}
  - {for: 2 min, link: {between: [router.red.com, internet], flaps: {down: 5 s, up: 20 s}}}
  - {link: {between: [internet, router.red.com], loss: 20 %, latency: 300 ms, jitter: 1 ms, bandwidth: unlimited, duplication: 1 %, reorders: true, queue: 5, one_way: true}}
  - {partition: {cuts_off: [blue.com, mx1.red.com]}}
  - {when: {line: {host: mx1.blue.com, protocol: smtp, text: {starts_with: RCPT}}, nth: 2, after: 5 ms}, host: {name: mx1.blue.com, loses: power}}
  - {when: {event: {kind: message.stored, fields: {user: bob@blue.com}}}, host: {name: bob-phone.blue.com, loses: everything}}
  - {disk: {host: store.blue.com, full: true, slow: 200 ms, fails: true}}
  - {dns: {host: ns1.blue.com, name: {ends_with: blue.com}, type: mx, count: 2, answers: lame, delay: 3 s}}
  - {says: The third., replies: {host: mx1.blue.com, protocol: smtp, command: rcpt, text: {contains: bob@}, count: 3, answers: "451 4.3.0 Try again later", delay: 1 s}}
  - {replies: {host: store.blue.com, command: UID FETCH, answers: "NO [UNAVAILABLE] Later"}}
  - {replies: {host: mx1.blue.com, over: 10, per: 1 min}}
  - {replies: {host: mx1.blue.com, drops: true, command: message}})");
  const Scenario scenario = parsed(text);
  EXPECT_EQ(scenario.faults.size(), 12u);
  const std::string expanded = expand(scenario);
  EXPECT_EQ(expand(parsed(expanded)), expanded);
}

TEST(FaultTest, EachHasASentence) {
  EXPECT_EQ(one("{link: {between: [router.red.com, internet], up: false}}").sentence,
            "The link between router.red.com and internet is cut.");
  EXPECT_EQ(one("{host: {name: mx1.blue.com, loses: power}}").sentence,
            "mx1.blue.com loses power.");
  EXPECT_EQ(one("{partition: {cuts_off: [mx1.red.com]}}").sentence,
            "mx1.red.com is cut off from the rest of the network.");
  EXPECT_EQ(one("{says: Rain., disk: {host: mx1.blue.com, full: true}}").sentence, "Rain.");
}

struct Wrong {
  const char* fault;
  const char* message;
};

TEST(FaultTest, WhatCannotBeIsRefused) {
  const Wrong cases[] = {
      {"{at: 40 days, disk: {host: mx1.blue.com, full: true}}",
       "at: this is after the end of the run"},
      {"{for: 0 s, disk: {host: mx1.blue.com, full: true}}", "for: it must be more than 0 s"},
      {"{at: 1 s, when: {line: {text: DATA}}, disk: {host: mx1.blue.com, full: true}}",
       "fault: both 'at' and 'when'"},
      {"{when: {line: {}}, disk: {host: mx1.blue.com, full: true}}", "line: it does not say which"},
      {"{when: {line: {host: mx9.blue.com}}, disk: {host: mx1.blue.com, full: true}}",
       "there is no host 'mx9.blue.com'"},
      {"{link: {between: [router.red.com, mx1.blue.com], up: false}}",
       "between: there is no link between router.red.com and mx1.blue.com"},
      {"{link: {between: [router.rd.com, internet], up: false}}",
       "between: there is no machine 'router.rd.com'"},
      {"{link: {between: [router.red.com], up: false}}", "between: 1 machines"},
      {"{link: {between: [router.red.com, internet]}}", "link: it does not say what changes"},
      {"{link: {between: [router.red.com, internet], latency: 0 s}}",
       "latency: it must be at least 1 ns"},
      {"{link: {between: [router.red.com, internet], flaps: {down: 1 s, up: 1 s}}}",
       "flaps: the fault has no 'for'"},
      {"{for: 1 s, link: {between: [router.red.com, internet], flaps: {down: 0 s, up: 1 s}}}",
       "down: it must be more than 0 s"},
      {"{for: 1 s, link: {between: [router.red.com, internet], up: false, flaps: {down: 1 s, up: 1 "
       "s}}}",
       "link: both 'up' and 'flaps'"},
      {"{partition: {cuts_off: blu.com}}",
       "cuts_off: there is no machine or organisation 'blu.com'"},
      {"{host: {name: router.red.com, loses: power}}",
       "name: only a router is called 'router.red.com'"},
      {"{host: {name: mx1.blue.com, loses: mind}}", "loses: 'mind' is not possible here"},
      {"{disk: {host: mx1.blue.com}}", "disk: it does not say what is wrong with it"},
      {"{dns: {host: resolver.blue.com, answers: lame}}",
       "answers: only a name server can be lame"},
      {"{dns: {host: ns1.blue.com}}", "dns: it does not say what happens"},
      {"{dns: {host: mx1.blue.com, answers: lame}}", "dns: mx1.blue.com answers no queries"},
      {"{dns: {host: ns1.blue.com, type: MXX, answers: lame}}", "type: 'MXX' is no record type"},
      {"{replies: {host: ns1.blue.com, delay: 1 s}}", "replies: ns1.blue.com is no mail server"},
      {"{replies: {host: mx1.blue.com, protocol: imap, delay: 1 s}}",
       "protocol: mx1.blue.com does not offer imap"},
      {"{replies: {host: mx1.blue.com, command: RCTP, delay: 1 s}}",
       "command: mx1.blue.com knows no command 'RCTP'"},
      {"{replies: {host: mx1.blue.com, command: RCPT}}", "replies: it does not say what happens"},
      {"{replies: {host: mx1.blue.com, command: RCPT, over: 2}}",
       "replies: 'over' and 'per' go together"},
      {"{replies: {host: mx1.blue.com, command: RCPT, over: 2, per: 0 s}}",
       "per: it must be more than 0 s"},
      {"{replies: {host: mx1.blue.com, command: RCPT, answers: 250 OK}}",
       "answers: '250 OK' is no refusal that mx1.blue.com could give"},
      {"{replies: {host: mx1.blue.com, command: RCPT, answers: 451 5.3.0 Mixed}}",
       "answers: '451 5.3.0 Mixed' is no refusal that mx1.blue.com could give"},
      {"{replies: {host: mx1.blue.com, command: RCPT, answers: 461 Sixty}}",
       "answers: '461 Sixty' is no refusal that mx1.blue.com could give"},
      {"{replies: {host: mx1.blue.com, answers: 451 Later}}",
       "answers: it does not say to which command"},
      {"{replies: {host: mx1.blue.com, command: DATA, answers: 451 Later}}",
       "command: DATA is not where mail is refused"},
      {"{replies: {host: mx1.blue.com, command: QUIT, answers: 451 Later}}",
       "command: QUIT has only its usual reply"},
      {"{replies: {host: mx1.blue.com, command: RCPT, answers: 451 Later, drops: true}}",
       "replies: both 'answers' and 'drops'"},
      {"{replies: {host: mx1.blue.com, command: RCPT, text: bob, delay: 1 s}}",
       "text: no RCPT line is just 'bob'"},
  };
  for (const Wrong& one_case : cases) {
    EXPECT_EQ(wrong(one_case.fault), std::vector<std::string>{one_case.message}) << one_case.fault;
  }
}

TEST(FaultTest, MagicAddressesOfAnOrganisationHavePlaces) {
  std::string text(kTwoOrganisations);
  text.replace(text.find("  blue.com:\n"), 12, "  blue.com:\n    mail: {magic_addresses: true}\n");
  const Scenario scenario = parsed(text);
  bool found = false;
  for (const Mta& mta : scenario.mtas) {
    EXPECT_EQ(mta.magic_addresses, mta.host.ends_with("blue.com")) << mta.host;
    for (const Alias& alias : mta.aliases) {
      found = found || (alias.address == "greylist@blue.com" &&
                        alias.targets == std::vector<std::string>{"postmaster@blue.com"});
    }
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace mailcosm::sim::scenario
