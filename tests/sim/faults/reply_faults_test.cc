#include "sim/faults/reply_faults.h"

#include <gtest/gtest.h>

#include "sim/faults/magic_addresses.h"
#include "tests/sim/net/net_world.h"

namespace mailcosm::sim {
namespace {

using scenario::Check;
using scenario::Comparison;
using scenario::Fault;
using scenario::ReplyFault;

const IpAddress kClient = IpAddress::parse("192.0.2.1").value();
const IpAddress kOther = IpAddress::parse("192.0.2.2").value();

Fault fault_of(ReplyFault effect) {
  Fault fault;
  fault.sentence = "A fault.";
  fault.effect = std::move(effect);
  return fault;
}

ReplyFault refusing(std::string command) {
  ReplyFault effect;
  effect.command = std::move(command);
  effect.answers = "451 4.3.0 Later";
  return effect;
}

class ReplyFaultsTest : public testing::Test {
 protected:
  Interference ask(std::string_view verb, std::string_view line = {},
                   const IpAddress& client = kClient) {
    return faults_.on_command({"smtp", verb, line, client});
  }
  NetWorld world_;
  ReplyFaults faults_{world_.a()};
};

TEST_F(ReplyFaultsTest, NothingHappensWithoutAFault) {
  const Interference none = ask("RCPT", "RCPT TO:<bob@blue.com>");
  EXPECT_TRUE(none.answer.empty());
  EXPECT_FALSE(none.drops);
  EXPECT_EQ(world_.log.count(Kind::kFaultApplied), 0u);
}

TEST_F(ReplyFaultsTest, StrikesOnlyTheCommandTheProtocolAndTheTextThatFit) {
  ReplyFault effect = refusing("RCPT");
  effect.protocol = "smtp";
  Check check;
  check.comparison = Comparison::kContains;
  check.text = "bob@";
  effect.text = {check};
  const Fault fault = fault_of(effect);
  faults_.begin(0, fault, {});
  EXPECT_EQ(ask("RCPT", "RCPT TO:<bob@blue.com>").answer, "451 4.3.0 Later");
  EXPECT_EQ(ask("RCPT", "RCPT TO:<eve@blue.com>").answer, "");
  EXPECT_EQ(ask("MAIL", "MAIL FROM:<bob@blue.com>").answer, "");
  EXPECT_EQ(faults_.on_command({"lmtp", "RCPT", "RCPT TO:<bob@blue.com>", kClient}).answer, "");
  faults_.end(0);
  EXPECT_EQ(ask("RCPT", "RCPT TO:<bob@blue.com>").answer, "");
}

TEST_F(ReplyFaultsTest, StrikesSoManyTimesAndNoMore) {
  ReplyFault effect = refusing("RCPT");
  effect.count = 3;
  const Fault fault = fault_of(effect);
  faults_.begin(0, fault, {});
  for (int i = 0; i < 3; ++i) EXPECT_NE(ask("RCPT").answer, "") << i;
  EXPECT_EQ(ask("RCPT").answer, "");
  EXPECT_EQ(world_.log.count(Kind::kFaultApplied), 3u);
}

TEST_F(ReplyFaultsTest, ARateCountsEachClientByItselfAndForgets) {
  ReplyFault effect = refusing("connect");
  effect.over = 2;
  effect.per = std::chrono::seconds(60);
  const Fault fault = fault_of(effect);
  faults_.begin(0, fault, {});
  EXPECT_EQ(ask("connect").answer, "");
  world_.run_for(std::chrono::seconds(30));
  EXPECT_EQ(ask("connect").answer, "");
  EXPECT_NE(ask("connect").answer, "");
  EXPECT_EQ(ask("connect", {}, kOther).answer, "");
  world_.run_for(std::chrono::nanoseconds(29'999'999'999));
  EXPECT_NE(ask("connect").answer, "") << "the first is 60 s minus 1 ns old";
  world_.run_for(Duration(1));
  EXPECT_EQ(ask("connect").answer, "") << "the first is forgotten";
  EXPECT_NE(ask("connect").answer, "") << "the second is not";
}

TEST_F(ReplyFaultsTest, DelaysAddUpAndTheFirstDecisionCounts) {
  ReplyFault slow;
  slow.delay = std::chrono::seconds(2);
  ReplyFault dropping = refusing("MAIL");
  dropping.answers.clear();
  dropping.drops = true;
  dropping.delay = std::chrono::seconds(1);
  const Fault first = fault_of(slow), second = fault_of(refusing("MAIL")),
              third = fault_of(dropping);
  faults_.begin(0, first, {});
  faults_.begin(1, second, {});
  faults_.begin(2, third, {});
  const Interference both = ask("MAIL");
  EXPECT_EQ(both.delay, std::chrono::seconds(2));
  EXPECT_EQ(both.answer, "451 4.3.0 Later");
  EXPECT_FALSE(both.drops);
}

TEST_F(ReplyFaultsTest, NamesTheFaultAndTheCommandAsCauses) {
  const Fault fault = fault_of(refusing("RCPT"));
  const RecordId began = world_.a().trace().emit(Kind::kNote, {"began"});
  const RecordId line = world_.a().trace().emit(Kind::kNote, {"line"});
  faults_.begin(0, fault, began);
  world_.a().trace().set_cause(line);
  ask("RCPT", "RCPT TO:<bob@blue.com>");
  const auto& applied = world_.log.entries.back();
  EXPECT_EQ(applied.kind, Kind::kFaultApplied);
  EXPECT_EQ(applied.causes, (std::vector<RecordId>{line, began}));
  EXPECT_EQ(applied.texts[2], "RCPT TO:<bob@blue.com> is answered with \"451 4.3.0 Later\"");
  EXPECT_EQ(world_.a().trace().cause(), applied.id);
}

class MagicAddressesTest : public testing::Test {
 protected:
  Interference ask(std::string_view recipient, const IpAddress& client = kClient) {
    const std::string line = "RCPT TO:<" + std::string(recipient) + ">";
    return magic_.on_command({"smtp", "RCPT", line, client});
  }
  NetWorld world_;
  MagicAddresses magic_{world_.a(), {"blue.com"}, nullptr};
};

TEST_F(MagicAddressesTest, CodesAreThoseOfRefusals) {
  EXPECT_EQ(ask("451@blue.com").answer, "451 4.0.0 Magic address");
  EXPECT_EQ(ask("550@BLUE.com").answer, "550 5.0.0 Magic address");
  EXPECT_EQ(ask("400@blue.com").answer, "400 4.0.0 Magic address");
  EXPECT_EQ(ask("559@blue.com").answer, "559 5.0.0 Magic address");
  for (const char* none : {"250@blue.com", "354@blue.com", "600@blue.com", "560@blue.com",
                           "45@blue.com", "4510@blue.com", "bob@blue.com", "451@red.com", ""}) {
    EXPECT_EQ(ask(none).answer, "") << none;
  }
}

TEST_F(MagicAddressesTest, OnlyRecipientsAreMagic) {
  EXPECT_EQ(magic_.on_command({"smtp", "MAIL", "MAIL FROM:<451@blue.com>", kClient}).answer, "");
  EXPECT_EQ(magic_.on_command({"smtp", "RCPT", "RCPT TO", kClient}).answer, "");
}

TEST_F(MagicAddressesTest, TheGreylistLetsEachClientWaitOnce) {
  EXPECT_NE(ask("greylist@blue.com").answer, "");
  EXPECT_NE(ask("greylist@blue.com").answer, "") << "at once is no second attempt";
  world_.run_for(MagicAddresses::kGreylistMin - Duration(1));
  EXPECT_NE(ask("greylist@blue.com").answer, "");
  world_.run_for(Duration(1));
  EXPECT_EQ(ask("greylist@blue.com").answer, "");
  EXPECT_NE(ask("greylist@blue.com", kOther).answer, "");
}

TEST_F(MagicAddressesTest, SlowIsLateAndDropIsGone) {
  EXPECT_EQ(ask("slow@blue.com").delay, MagicAddresses::kSlow);
  EXPECT_FALSE(ask("slow@blue.com").drops);
  EXPECT_TRUE(ask("drop@blue.com").drops);
  EXPECT_EQ(world_.log.count(Kind::kFaultApplied), 3u);
}

TEST_F(MagicAddressesTest, FaultsComeFirst) {
  ReplyFaults faults(world_.a());
  const Fault fault = fault_of(refusing("RCPT"));
  faults.begin(0, fault, {});
  MagicAddresses magic(world_.a(), {"blue.com"}, &faults);
  EXPECT_EQ(magic.on_command({"smtp", "RCPT", "RCPT TO:<550@blue.com>", kClient}).answer,
            "451 4.3.0 Later");
}

}  // namespace
}  // namespace mailcosm::sim
