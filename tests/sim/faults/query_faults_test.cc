#include "sim/faults/query_faults.h"

#include <gtest/gtest.h>

#include "protocols/dns/message.h"
#include "tests/sim/net/net_world.h"

namespace mailcosm::sim {
namespace {

using Answer = QueryInterference::Answer;
using scenario::DnsAnswer;
using scenario::DnsFault;
using scenario::Fault;

Fault fault_of(DnsFault effect) {
  Fault fault;
  fault.sentence = "A fault.";
  fault.effect = std::move(effect);
  return fault;
}

class QueryFaultsTest : public testing::Test {
 protected:
  QueryInterference ask(std::string_view name, std::string_view type,
                        dns::Transport transport = dns::Transport::kUdp) {
    return faults_.on_query(name, type, transport);
  }
  NetWorld world_;
  QueryFaults faults_{world_.a()};
};

TEST_F(QueryFaultsTest, StrikesOnlyTheNamesAndTypesThatFitSoManyTimes) {
  DnsFault effect;
  scenario::Check check;
  check.comparison = scenario::Comparison::kEndsWith;
  check.text = "blue.com";
  effect.name = {check};
  effect.type = "MX";
  effect.count = 2;
  effect.answers = DnsAnswer::kServfail;
  const Fault fault = fault_of(effect);
  faults_.begin(0, fault, {});
  EXPECT_EQ(ask("red.com", "MX").answer, Answer::kUsual);
  EXPECT_EQ(ask("blue.com", "A").answer, Answer::kUsual);
  EXPECT_EQ(ask("blue.com", "MX").answer, Answer::kServfail);
  EXPECT_EQ(ask("mail.blue.com", "MX").answer, Answer::kServfail);
  EXPECT_EQ(ask("blue.com", "MX").answer, Answer::kUsual);
  EXPECT_EQ(world_.log.count(Kind::kFaultApplied), 2u);
}

TEST_F(QueryFaultsTest, TruncatesOverUdpOnly) {
  DnsFault effect;
  effect.answers = DnsAnswer::kTruncated;
  const Fault fault = fault_of(effect);
  faults_.begin(0, fault, {});
  EXPECT_EQ(ask("blue.com", "MX", dns::Transport::kTcp).answer, Answer::kUsual);
  EXPECT_EQ(ask("blue.com", "MX").answer, Answer::kTruncated);
}

TEST_F(QueryFaultsTest, DelaysAddUpAndTheFirstAnswerCounts) {
  DnsFault slow;
  slow.delay = std::chrono::seconds(2);
  DnsFault refused;
  refused.answers = DnsAnswer::kRefused;
  DnsFault lame;
  lame.answers = DnsAnswer::kLame;
  const Fault first = fault_of(slow), second = fault_of(refused), third = fault_of(lame);
  faults_.begin(0, first, {});
  faults_.begin(1, second, {});
  faults_.begin(2, third, {});
  EXPECT_EQ(ask("blue.com", "MX").delay, std::chrono::seconds(2));
  EXPECT_EQ(ask("blue.com", "MX").answer, Answer::kRefused);
  faults_.end(1);
  EXPECT_EQ(ask("blue.com", "MX").answer, Answer::kLame);
}

TEST(AlteredAnswerTest, KeepsTheQuestionAndTheId) {
  std::string query;
  dns::write_query(77, {dns::Name::parse("blue.com").value(), dns::Type::kMx}, false, 1232, query);
  for (const Answer answer :
       {Answer::kServfail, Answer::kRefused, Answer::kLame, Answer::kTruncated}) {
    std::string output;
    write_altered_answer(query, answer, output);
    const auto message = dns::Message::parse(output);
    ASSERT_TRUE(message.has_value());
    EXPECT_TRUE(message->header.response);
    EXPECT_EQ(message->header.id, 77);
    ASSERT_EQ(message->questions.size(), 1u);
    EXPECT_TRUE(message->answers.empty());
    EXPECT_EQ(message->header.truncated, answer == Answer::kTruncated);
    EXPECT_EQ(message->header.rcode, answer == Answer::kServfail  ? dns::Rcode::kServFail
                                     : answer == Answer::kRefused ? dns::Rcode::kRefused
                                                                  : dns::Rcode::kNoError);
  }
}

TEST(AlteredAnswerTest, WhatIsNoQueryIsLeftAlone) {
  NetWorld world;
  QueryFaults faults(world.a());
  DnsFault effect;
  effect.answers = DnsAnswer::kRefused;
  const Fault fault = fault_of(effect);
  faults.begin(0, fault, {});
  EXPECT_EQ(interfere(&faults, "", dns::Transport::kUdp).answer, Answer::kUsual);
  EXPECT_EQ(interfere(&faults, std::string(12, '\0'), dns::Transport::kUdp).answer, Answer::kUsual);
  EXPECT_EQ(interfere(nullptr, "", dns::Transport::kUdp).answer, Answer::kUsual);
}

}  // namespace
}  // namespace mailcosm::sim
