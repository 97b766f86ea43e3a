#include "protocols/dsn/notification.h"

#include <gtest/gtest.h>

#include <string>

#include "protocols/mail/mime.h"

namespace mailcosm::dsn {
namespace {

constexpr WallTime kNine{1'767'603'600'000'000'000};  // 2026-01-05 09:00:00 UTC

const mail::Message& original() {
  static const mail::Message message =
      mail::Message::parse("Message-ID: <1@red.com>\r\nSubject: Lunch?\r\n\r\nNoon?\r\n");
  return message;
}

Report one_recipient(Action action, StatusCode status) {
  Report report;
  report.original_envelope_id = "QQ314159";
  report.reporting_mta = "mx.blue.com";
  report.received_from_mta = "mail.red.com";
  report.arrival_date = kNine;
  RecipientStatus recipient;
  recipient.original_recipient = "rfc822;bob@blue.com";
  recipient.final_recipient = "robert@blue.com";
  recipient.action = action;
  recipient.status = status;
  recipient.remote_mta = "store.blue.com";
  recipient.diagnostic = "550 5.1.1 No such user here";
  recipient.last_attempt = kNine + std::chrono::seconds(5);
  if (action == Action::kDelayed) recipient.will_retry_until = kNine + std::chrono::hours(120);
  report.recipients.push_back(recipient);
  return report;
}

NotificationOptions options() {
  NotificationOptions options;
  options.to = {"alice", "red.com"};
  options.postmaster = "MAILER-DAEMON@mx.blue.com";
  options.date = kNine;
  options.random = 0x1234;
  return options;
}

// RFC 3464 section 2: structure of a notification, written and read back.
TEST(NotificationTest, ReadsBackWhatItWrites) {
  const std::pair<Action, StatusCode> cases[] = {{Action::kFailed, {5, 1, 1}},
                                                 {Action::kDelayed, {4, 4, 1}},
                                                 {Action::kDelivered, {2, 1, 5}},
                                                 {Action::kRelayed, {2, 0, 0}},
                                                 {Action::kExpanded, {2, 0, 0}}};
  for (const auto& [action, status] : cases) {
    Report report = one_recipient(action, status);
    std::string message = write_notification(report, original(), options());
    Result<ReadNotification> read = read_notification(message);
    ASSERT_TRUE(read.has_value()) << message;
    EXPECT_EQ(read->report.original_envelope_id, "QQ314159");
    EXPECT_EQ(read->report.reporting_mta, "mx.blue.com");
    EXPECT_EQ(read->report.received_from_mta, "mail.red.com");
    EXPECT_EQ(read->report.arrival_date, kNine);
    ASSERT_EQ(read->report.recipients.size(), 1u);
    const RecipientStatus& recipient = read->report.recipients[0];
    EXPECT_EQ(recipient.original_recipient, "rfc822;bob@blue.com");
    EXPECT_EQ(recipient.final_recipient, "robert@blue.com");
    EXPECT_EQ(recipient.action, action);
    EXPECT_EQ(recipient.status, status);
    EXPECT_EQ(recipient.remote_mta, "store.blue.com");
    EXPECT_EQ(recipient.diagnostic, "550 5.1.1 No such user here");
    EXPECT_EQ(recipient.last_attempt, kNine + std::chrono::seconds(5));
    EXPECT_EQ(recipient.will_retry_until.has_value(), action == Action::kDelayed);
    EXPECT_EQ(read->returned, "Message-ID: <1@red.com>\r\nSubject: Lunch?\r\n");
    EXPECT_FALSE(read->returned_full);
    EXPECT_NE(read->human_text.find("robert@blue.com"), std::string::npos);
  }
}

// RFC 3461 section 6.2: RET=FULL counts for failures only.
TEST(NotificationTest, ReturnsTheWholeMessageOfAFailure) {
  NotificationOptions full = options();
  full.return_full = true;
  std::string failed =
      write_notification(one_recipient(Action::kFailed, {5, 1, 1}), original(), full);
  EXPECT_TRUE(read_notification(failed)->returned_full);
  EXPECT_EQ(read_notification(failed)->returned, original().content().text());
  std::string delayed =
      write_notification(one_recipient(Action::kDelayed, {4, 4, 1}), original(), full);
  EXPECT_FALSE(read_notification(delayed)->returned_full);
}

// RFC 6522 section 3: multipart/report with its report-type; RFC 3834 section 5: Auto-Submitted.
TEST(NotificationTest, SaysWhatItIs) {
  std::string message =
      write_notification(one_recipient(Action::kFailed, {5, 1, 1}), original(), options());
  mail::MimeTree tree = mail::MimeTree::parse(message);
  EXPECT_TRUE(tree.root().content_type.is("multipart", "report"));
  EXPECT_EQ(*tree.root().content_type.parameters.find("report-type"), "delivery-status");
  EXPECT_EQ(tree.root().children.size(), 3u);
  EXPECT_EQ(tree.root().header.value_of("Auto-Submitted"), "auto-replied");
  EXPECT_EQ(tree.root().header.value_of("To"), "alice@red.com");
  EXPECT_TRUE(tree.root().closed);
}

// RFC 3464 section 2.3: several recipients, each with its own group of fields.
TEST(NotificationTest, ReportsSeveralRecipients) {
  Report report = one_recipient(Action::kDelayed, {4, 4, 1});
  report.recipients.push_back(one_recipient(Action::kFailed, {5, 2, 2}).recipients[0]);
  Result<ReadNotification> read =
      read_notification(write_notification(report, original(), options()));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->report.recipients.size(), 2u);
  NotificationLimits limits;
  std::string message = write_notification(report, original(), options());
  for (std::size_t most : {1u, 2u, 3u}) {
    limits.recipients_max = most;
    EXPECT_EQ(read_notification(message, limits).has_value(), most >= 2);
  }
}

TEST(NotificationTest, ChoosesABoundaryThatOccursNowhere) {
  mail::Message tricky =
      mail::Message::parse("Subject: =_0000000000001234\r\n\r\n--=_0000000000001234\r\n");
  NotificationOptions full = options();
  full.return_full = true;
  std::string message = write_notification(one_recipient(Action::kFailed, {5, 0, 0}), tricky, full);
  Result<ReadNotification> read = read_notification(message);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->returned, tricky.content().text());
}

TEST(NotificationTest, RefusesWhatIsNoNotification) {
  EXPECT_FALSE(read_notification("Subject: x\r\n\r\nbody").has_value());
  EXPECT_FALSE(
      read_notification("Content-Type: multipart/report; boundary=b\r\n\r\n--b--").has_value());
  std::string message =
      write_notification(one_recipient(Action::kFailed, {5, 1, 1}), original(), options());
  for (const char* field :
       {"Reporting-MTA", "Final-Recipient", "Action", "Status", "report-type"}) {
    std::string damaged = message;
    damaged.replace(damaged.find(field), 1, "X");
    EXPECT_FALSE(read_notification(damaged).has_value()) << field;
  }
}

TEST(NotificationTest, LetsNoReplyAddFields) {
  Report report = one_recipient(Action::kFailed, {5, 1, 1});
  report.recipients[0].diagnostic = "550 no\r\nAction: delivered\r\n\r\n--=_0000000000001234--";
  Result<ReadNotification> read =
      read_notification(write_notification(report, original(), options()));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->report.recipients.size(), 1u);
  EXPECT_EQ(read->report.recipients[0].action, Action::kFailed);
}

// RFC 3463 section 2: class "." subject "." detail without leading zeros.
TEST(StatusCodeTest, ReadsCodes) {
  EXPECT_EQ(*parse_status_code("5.1.1"), (StatusCode{5, 1, 1}));
  EXPECT_EQ(parse_status_code("2.999.999")->to_string(), "2.999.999");
  for (const char* bad : {"", "5", "5.1", "3.1.1", "5.01.1", "5.1.01", "5.1000.1", "5.1.1000",
                          "5.1.1.1", "5..1", "5.1.", "5.1.x", " 5.1.1"})
    EXPECT_FALSE(parse_status_code(bad).has_value()) << bad;
}

// RFC 2034 section 4: the code at the start of the reply text counts if its class fits.
TEST(StatusCodeTest, ComesFromReplies) {
  EXPECT_EQ(status_of_reply(550, "5.1.1 No such user"), (StatusCode{5, 1, 1}));
  EXPECT_EQ(status_of_reply(550, "4.1.1 odd"), (StatusCode{5, 0, 0}));
  EXPECT_EQ(status_of_reply(451, "try later"), (StatusCode{4, 0, 0}));
  EXPECT_EQ(status_of_reply(250, "2.0.0"), (StatusCode{2, 0, 0}));
  EXPECT_EQ(status_of_reply(250, ""), (StatusCode{2, 0, 0}));
}

// RFC 3463 section 3: meanings.
TEST(StatusCodeTest, HasAMeaning) {
  EXPECT_EQ(describe({5, 1, 1}), "Bad destination mailbox address");
  EXPECT_EQ(describe({5, 9, 9}), "");
}

}  // namespace
}  // namespace mailcosm::dsn
