#include <gtest/gtest.h>

#include "protocols/mail/message.h"
#include "tests/sim/agents/client/client_world.h"
#include "tests/sim/agents/client/script_server.h"

namespace mailcosm::sim {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class SubmissionTest : public testing::Test, protected ClientWorld {};

// RFC 6409 section 4.3: the client authenticates before it submits.
TEST_F(SubmissionTest, ComposesAndSubmits) {
  ScriptSubmission submission(server);
  const std::string id = client().write(draft_to("bob"));
  world.run();
  ASSERT_EQ(submission.messages.size(), 1u);
  const auto composed = world.records_of(Kind::kMessageComposed);
  ASSERT_EQ(composed.size(), 1u);
  EXPECT_EQ(composed[0].value("content"), submission.messages[0]);
  EXPECT_EQ(composed[0].value("recipients"), "bob@blue.com");
  EXPECT_EQ(composed[0].message, id);
  const auto submitted = world.records_of(Kind::kMessageSubmitted);
  ASSERT_EQ(submitted.size(), 1u);
  EXPECT_EQ(submitted[0].value("reply"), "250 2.0.0 queued as 4B2C");
  EXPECT_EQ(submitted[0].message, id);
  EXPECT_EQ(submission.server.lines[0], "EHLO [192.0.2.1]");
  EXPECT_EQ(submission.server.count("AUTH PLAIN "), 1u);
  EXPECT_EQ(submission.server.count("MAIL FROM:<alice@red.com>"), 1u);
  EXPECT_EQ(submission.server.count("QUIT"), 1u);
  EXPECT_EQ(client().outbox_size(), 0u);
  EXPECT_TRUE(device.disk().list("client/laptop/outbox/").empty());
}

// RFC 5322 section 3.6: Date and From are there once; the rest as the draft says.
TEST_F(SubmissionTest, WritesTheFieldsOfAMessage) {
  ScriptSubmission submission(server);
  Draft draft = draft_to("bob",
                         "Gr\xC3\xBC\xC3\x9F"
                         "e");
  draft.fields = {{"X-Mood", "good"}, {"Date", "Thu, 1 Jan 1970 00:00:00 +0000"}};
  client().write(draft);
  world.run();
  ASSERT_EQ(submission.messages.size(), 1u);
  const mail::Header header = mail::Header::parse(submission.messages[0]);
  EXPECT_EQ(header.count("Date"), 1u);
  EXPECT_EQ(header.value_of("Date"), "Thu, 1 Jan 1970 00:00:00 +0000");
  EXPECT_EQ(header.value_of("X-Mood"), "good");
  EXPECT_EQ(header.value_of("From"), "Alice <alice@red.com>");
  EXPECT_EQ(header.value_of("Subject"), "=?utf-8?B?R3LDvMOfZQ==?=");
}

// RFC 5322 section 3.6.3: Bcc recipients are not shown to others.
TEST_F(SubmissionTest, HidesBccRecipients) {
  ScriptSubmission submission(server);
  Draft draft = draft_to("bob");
  draft.cc = {{"carol", "blue.com"}, {"bob", "blue.com"}};
  draft.bcc = {{"dave", "blue.com"}};
  client().write(draft);
  world.run();
  EXPECT_EQ(submission.server.count("RCPT TO:"), 3u);
  EXPECT_EQ(submission.server.count("RCPT TO:<dave@blue.com>"), 1u);
  EXPECT_EQ(submission.messages.at(0).find("dave"), std::string::npos);
}

TEST_F(SubmissionTest, ReportsARefusedRecipientAndSubmitsToTheOthers) {
  ScriptSubmission submission(server);
  submission.refusals = {{"RCPT TO:<bob", "550 5.1.1 No such user"}};
  Draft draft = draft_to("bob");
  draft.cc = {{"carol", "blue.com"}};
  client().write(draft);
  world.run();
  EXPECT_EQ(submission.messages.size(), 1u);
  EXPECT_EQ(count(Kind::kMessageSubmitted), 1u);
  const auto failed = world.records_of(Kind::kSubmissionFailed);
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].value("reply"), "550 5.1.1 No such user");
  EXPECT_EQ(client().outbox_size(), 0u);
}

// RFC 5321 section 4.2.1: a 4yz reply asks to try again later.
TEST_F(SubmissionTest, TriesAgainAfterATemporaryRefusalWithGrowingPauses) {
  ScriptSubmission submission(server);
  for (int i = 0; i < 3; ++i) submission.refusals.emplace_back("MAIL", "451 4.3.0 later");
  client().write(draft_to("bob"));
  world.run();
  EXPECT_EQ(submission.messages.size(), 1u);
  const auto failed = world.records_of(Kind::kSubmissionFailed);
  ASSERT_EQ(failed.size(), 3u);
  EXPECT_EQ((failed[1].time - failed[0].time) / minutes(1), 1);
  EXPECT_EQ((failed[2].time - failed[1].time) / minutes(1), 2);
  EXPECT_EQ((world.records_of(Kind::kMessageSubmitted)[0].time - failed[2].time) / minutes(1), 4);
}

TEST_F(SubmissionTest, WaitsInTheOutboxWhileTheServerIsAway) {
  client().write(draft_to("bob"));
  world.run_for(seconds(90));
  EXPECT_EQ(client().outbox_size(), 1u);
  const auto failed = world.records_of(Kind::kSubmissionFailed);
  ASSERT_GE(failed.size(), 1u);
  EXPECT_EQ(failed[0].value("reply"), "192.0.2.2:587: connection refused");
  ScriptSubmission submission(server);
  world.run_for(minutes(10));
  EXPECT_EQ(submission.messages.size(), 1u);
  EXPECT_EQ(client().outbox_size(), 0u);
}

TEST_F(SubmissionTest, GivesUpWhenThePasswordIsWrong) {
  ScriptSubmission submission(server);
  submission.refusals = {{"AUTH", "535 5.7.8 wrong"}};
  client().write(draft_to("bob"));
  world.run();
  const auto failed = world.records_of(Kind::kSubmissionFailed);
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].value("reply"), "535 5.7.8 wrong");
  EXPECT_EQ(client().outbox_size(), 0u);
  EXPECT_EQ(submission.server.sessions.size(), 1u);
}

TEST_F(SubmissionTest, TriesAgainWhenTheConnectionBreaks) {
  for (const char* where : {"EHLO", "AUTH", "MAIL", "RCPT", "DATA", ""}) {
    world.clear_records();
    ScriptSubmission submission(server);
    submission.refusals = {{where, "reset"}};
    client().write(draft_to("bob"));
    world.run();
    EXPECT_EQ(submission.messages.size(), 1u) << where;
    EXPECT_EQ(count(Kind::kSubmissionFailed), 1u) << where;
    EXPECT_EQ(count(Kind::kMessageSubmitted), 1u) << where;
    EXPECT_EQ(client().outbox_size(), 0u) << where;
  }
}

// RFC 5321 section 4.5.3.2.1: five minutes for the greeting.
TEST_F(SubmissionTest, LeavesAServerThatNeverGreets) {
  ScriptSubmission submission(server);
  submission.server.greeting.clear();
  client().write(draft_to("bob"));
  world.run_for(seconds(299));
  EXPECT_EQ(world.records_of(Kind::kSessionClosed).size(), 0u);
  submission.server.greeting = "220 mail.red.com ESMTP\r\n";
  world.run_for(seconds(3));
  EXPECT_EQ(world.records_of(Kind::kSessionClosed).size(), 1u);
  EXPECT_EQ(submission.messages.size(), 0u);
  world.run_for(minutes(60));
  EXPECT_EQ(submission.messages.size(), 1u);
}

TEST_F(SubmissionTest, SubmitsSeveralMessagesInOneSession) {
  ScriptSubmission submission(server);
  client().write(draft_to("bob", "one"));
  client().write(draft_to("carol", "two"));
  world.run();
  EXPECT_EQ(submission.messages.size(), 2u);
  EXPECT_EQ(submission.server.sessions.size(), 1u);
}

TEST_F(SubmissionTest, FindsItsOutboxAfterAPowerFailure) {
  const std::string id = client().write(draft_to("bob"));
  world.run_for(seconds(1));
  crash();
  ScriptSubmission submission(server);
  client();
  world.run();
  ASSERT_EQ(submission.messages.size(), 1u);
  EXPECT_EQ(mail::Message::parse(submission.messages[0]).message_id(), id);
  EXPECT_TRUE(device.disk().list("client/laptop/outbox/").empty());
}

TEST_F(SubmissionTest, SendsAMessageLargerThanWhatMayWaitForTheNetwork) {
  ScriptSubmission submission(server);
  Draft draft = draft_to("bob");
  draft.body.clear();
  for (int i = 0; i < 20'000; ++i) draft.body += ".line " + std::to_string(i) + "\n";
  client().write(draft);
  world.run();
  ASSERT_EQ(submission.messages.size(), 1u);
  EXPECT_EQ(world.records_of(Kind::kMessageComposed)[0].value("content"), submission.messages[0]);
  EXPECT_EQ(world.records_of(Kind::kDataSent)[0].value("bytes"), submission.messages[0]);
}

// RFC 5321 section 4.5.3.1.8: a server must take 100 recipients, and need not take more.
TEST_F(SubmissionTest, SplitsLongListsOfRecipients) {
  for (const std::size_t recipients : {99u, 100u, 101u}) {
    ScriptSubmission submission(server);
    Draft draft;
    draft.body = "x\n";
    for (std::size_t i = 0; i < recipients; ++i)
      draft.to.push_back({"user" + std::to_string(i), "blue.com"});
    client().write(draft);
    world.run();
    EXPECT_EQ(submission.messages.size(), recipients > 100 ? 2u : 1u);
    EXPECT_EQ(submission.server.count("RCPT"), recipients);
  }
}

TEST_F(SubmissionTest, DoesNothingOnceTheDeviceIsLost) {
  client().write(draft_to("bob"));
  client().lose();
  ScriptSubmission submission(server);
  EXPECT_EQ(client().write(draft_to("carol")), "");
  world.run();
  EXPECT_EQ(submission.server.sessions.size(), 0u);
  EXPECT_TRUE(device.disk().list("client/").empty());
}

TEST_F(SubmissionTest, ReportsANameThatNobodyResolves) {
  config.submission_server = "mail.red.com";
  client().write(draft_to("bob"));
  world.run_for(minutes(1));
  const auto failed = world.records_of(Kind::kSubmissionFailed);
  ASSERT_GE(failed.size(), 1u);
  EXPECT_EQ(failed[0].value("reply").find("mail.red.com: "), 0u);
  EXPECT_EQ(client().outbox_size(), 1u);
}

}  // namespace
}  // namespace mailcosm::sim
