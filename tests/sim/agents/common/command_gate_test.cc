#include "sim/agents/common/command_gate.h"

#include <gtest/gtest.h>

#include "sim/agents/common/delayed_calls.h"
#include "sim/agents/common/smtp_answer.h"
#include "tests/sim/net/net_world.h"

namespace mailcosm::sim {
namespace {

using Way = CommandGate::Way;

class Script final : public Interferer {
 public:
  Interference on_command(const Command& command) override {
    verbs.emplace_back(command.verb);
    return next;
  }
  std::vector<std::string> verbs;
  Interference next;
};

class Owner final : public GateOwner {
 public:
  void on_gate_open() override { ++opened; }
  int opened = 0;
};

class CommandGateTest : public testing::Test {
 protected:
  NetWorld world_;
  Script script_;
  Owner owner_;
};

TEST_F(CommandGateTest, WithoutAnInterfererEverythingPasses) {
  CommandGate gate(world_.a(), nullptr, "smtp", {}, owner_);
  EXPECT_EQ(gate.admit("connect"), Way::kPass);
  EXPECT_EQ(gate.admit_line("RCPT TO:<bob@blue.com>"), Way::kPass);
  EXPECT_FALSE(gate.is_waiting());
  EXPECT_FALSE(gate.keeps("MAIL"));
  EXPECT_FALSE(gate.keeps_end());
  EXPECT_EQ(gate.take_answer(), std::nullopt);
}

TEST_F(CommandGateTest, KnowsTheVerbOfEachProtocol) {
  CommandGate smtp(world_.a(), &script_, "smtp", {}, owner_);
  smtp.admit_line("rcpt TO:<bob@blue.com>");
  smtp.admit_line("QUIT");
  smtp.admit_line("");
  CommandGate imap(world_.a(), &script_, "imap", {}, owner_);
  imap.admit_line("A1 login bob secret");
  imap.admit_line("A2 uid fetch 1:* FLAGS");
  imap.admit_line("DONE");
  EXPECT_EQ(script_.verbs, (std::vector<std::string>{"RCPT", "QUIT", "LOGIN", "UID FETCH"}));
}

TEST_F(CommandGateTest, KeepsWhatComesWhileItWaits) {
  CommandGate gate(world_.a(), &script_, "smtp", {}, owner_);
  script_.next.delay = std::chrono::seconds(5);
  EXPECT_EQ(gate.admit_line("MAIL FROM:<>"), Way::kWait);
  EXPECT_TRUE(gate.is_waiting());
  EXPECT_TRUE(gate.keeps("RCPT TO:<bob@blue.com>\r\n"));
  EXPECT_TRUE(gate.keeps("DATA\r\n"));
  EXPECT_TRUE(gate.keeps_end());
  world_.run_for(std::chrono::seconds(5) - Duration(1));
  EXPECT_EQ(owner_.opened, 0);
  world_.run_for(Duration(1));
  EXPECT_EQ(owner_.opened, 1);
  EXPECT_FALSE(gate.is_waiting());
  EXPECT_TRUE(gate.has_kept());
  EXPECT_EQ(gate.take_kept(), "RCPT TO:<bob@blue.com>\r\nDATA\r\n");
  EXPECT_FALSE(gate.has_kept());
  EXPECT_TRUE(gate.take_end());
  EXPECT_FALSE(gate.take_end());
}

TEST_F(CommandGateTest, DropsAtOnceOrAfterWaiting) {
  CommandGate gate(world_.a(), &script_, "smtp", {}, owner_);
  script_.next.drops = true;
  EXPECT_EQ(gate.admit("message"), Way::kDrop);
  script_.next.delay = std::chrono::seconds(1);
  EXPECT_EQ(gate.admit("message"), Way::kWait);
  world_.run();
  EXPECT_EQ(owner_.opened, 1);
  EXPECT_TRUE(gate.drops());
}

TEST_F(CommandGateTest, AnAnswerIsForItsCommandOnceAndSurvivesASaslExchange) {
  CommandGate gate(world_.a(), &script_, "smtp", {}, owner_);
  script_.next.answer = "454 4.7.0 Later";
  EXPECT_EQ(gate.admit_line("AUTH LOGIN"), Way::kPass);
  script_.next = {};
  EXPECT_EQ(gate.take_answer({"MAIL"}), std::nullopt);
  EXPECT_EQ(gate.admit_line("YWxpY2U="), Way::kPass);
  EXPECT_EQ(gate.take_answer({"AUTH"}), "454 4.7.0 Later");
  EXPECT_EQ(gate.take_answer({"AUTH"}), std::nullopt);
}

TEST_F(CommandGateTest, AnAnswerToALineThatWasNeverHandledIsForgotten) {
  CommandGate gate(world_.a(), &script_, "smtp", {}, owner_);
  script_.next.answer = "451 4.3.0 Later";
  gate.admit_line("MAIL nonsense");
  script_.next = {};
  gate.admit_line("MAIL FROM:<>");
  EXPECT_EQ(gate.take_answer({"MAIL"}), std::nullopt);
}

TEST(SmtpAnswerTest, HasCodeStatusAndText) {
  const smtp::Reply full = smtp_answer("451 4.3.0 Try again later");
  EXPECT_EQ(full.code, 451);
  EXPECT_EQ(full.status, (smtp::EnhancedStatus{4, 3, 0}));
  EXPECT_EQ(full.text, "Try again later");
  const smtp::Reply plain = smtp_answer("550 No");
  EXPECT_TRUE(plain.status.is_none());
  EXPECT_EQ(plain.text, "No");
  EXPECT_EQ(smtp_answer("421").code, 421);
}

TEST(DelayedCallsTest, AreMadeInTheOrderOfTheirTimesWithTheirOwnCauses) {
  NetWorld world;
  DelayedCalls calls(world.a());
  HostTrace& trace = world.a().trace();
  const RecordId first = trace.emit(Kind::kNote, {"first"});
  const RecordId second = trace.emit(Kind::kNote, {"second"});
  std::vector<std::pair<std::string, RecordId>> made;
  trace.set_cause(first);
  calls.after(std::chrono::seconds(2), [&] { made.emplace_back("late", trace.cause()); });
  trace.set_cause(second);
  calls.after(std::chrono::seconds(1), [&] { made.emplace_back("early", trace.cause()); });
  world.run();
  EXPECT_EQ(made,
            (std::vector<std::pair<std::string, RecordId>>{{"early", second}, {"late", first}}));
}

}  // namespace
}  // namespace mailcosm::sim
