#include "sim/world/expectations/evaluator.h"

#include <string>

#include "tests/sim/world/expectations/hand_made_world.h"

namespace mailcosm::sim::expectations {
namespace {

constexpr std::string_view kWorldText = R"(mailcosm: 1
title: A test
organisations:
  blue.com:
    users:
      bob: {devices: {phone: imap}}
expect:
)";
constexpr std::string_view kMail =
    "From: alice@red.com\r\nSubject: Hello\r\nMessage-ID: <1@red.com>\r\n\r\nHi\r\n";

class EvaluatorTest : public HandMadeWorld {
 protected:
  EvaluatorTest() : HandMadeWorld(kWorldText) {}

  void emit(std::string_view on, Kind kind, std::initializer_list<Value> values) {
    recorder_->emit(host(on), kind, {}, {}, values);
  }
  void store(int uid, std::string_view flags = "", std::string_view content = kMail) {
    emit("store.blue.com", Kind::kMessageStored, {"bob@blue.com", "INBOX", uid, flags, content});
  }
  // It fails because of the `count`-th record of the host, at that moment.
  void is_decided_by(std::string_view on, std::uint64_t count, std::int64_t seconds) {
    const Result result = finish();
    EXPECT_FALSE(result.held);
    EXPECT_EQ(result.record.to_string(), RecordId(host(on), Layer::kStory, count).to_string());
    EXPECT_EQ(result.decided.ns, seconds * 1'000'000'000);
  }
  void is_decided_by_time(std::int64_t seconds) {
    const Result result = finish();
    EXPECT_TRUE(result.record.is_none()) << result.record.to_string();
    EXPECT_EQ(result.decided.ns, seconds * 1'000'000'000);
  }
};

TEST_F(EvaluatorTest, AMailboxIsCountedAtTheEnd) {
  expect("  - mailbox: bob\n    has: {count: 1, unseen: 1}\n");
  store(1);
  store(2);
  emit("store.blue.com", Kind::kMessageExpunged, {"bob@blue.com", "INBOX", 1});
  holds();
}

TEST_F(EvaluatorTest, AnEmptyMailboxIsAMailbox) {
  expect("  - mailbox: bob\n    has: {count: 0}\n");
  holds();
}

TEST_F(EvaluatorTest, WhatWasFoundInsteadIsTold) {
  expect("  - mailbox: bob\n    has: {count: 1}\n");
  fails("count is 0");
}

TEST_F(EvaluatorTest, WithinLooksAtTheStateAtThatTime) {
  expect("  - mailbox: bob\n    has: {count: 1}\n    within: 10 s\n");
  at(10);
  store(1);
  at(11);
  store(2);
  holds();
}

TEST_F(EvaluatorTest, WithinIsMissedByWhatComesLater) {
  expect("  - mailbox: bob\n    has: {count: 1}\n    within: 10 s\n");
  at(11);
  store(1);
  fails("count is 0");
}

TEST_F(EvaluatorTest, ANumberInTimeIsDecidedByTheDeadline) {
  expect("  - mailbox: bob\n    has: {count: 1}\n    within: 10 s\n");
  at(11);
  store(1);
  is_decided_by_time(10);
}

TEST_F(EvaluatorTest, WhatHeldIsDecidedAtTheEnd) {
  expect("  - mailbox: bob\n    has: {count: 0}\n");
  is_decided_by_time(1000);
}

TEST_F(EvaluatorTest, WhatMustNeverBeIsDecidedByTheChangeThatMadeIt) {
  expect("  - mailbox: bob\n    has: {count: 2}\n    never: true\n");
  at(5);
  store(1);
  at(6);
  store(2);
  at(7);
  store(3);
  is_decided_by("store.blue.com", 2, 6);
}

TEST_F(EvaluatorTest, OneTooManyIsDecidedByTheOneThatWasTooMany) {
  expect("  - event: {kind: message.stored}\n    has: {count: 2}\n");
  for (int i = 1; i <= 4; ++i) {
    at(i);
    store(i);
  }
  is_decided_by("store.blue.com", 3, 3);
}

TEST_F(EvaluatorTest, AsManyAsMayBeAreNotTooMany) {
  expect("  - event: {kind: message.stored}\n    has: {count: {at_most: 2}}\n");
  store(1);
  store(2);
  holds();
}

TEST_F(EvaluatorTest, TooFewAreDecidedAtTheEnd) {
  expect("  - event: {kind: message.stored}\n    has: {count: 2}\n");
  store(1);
  const Result result = finish(50);
  EXPECT_EQ(result.decided.ns, 50'000'000'000);
}

TEST_F(EvaluatorTest, NeverIsBrokenByAStateThatPasses) {
  expect("  - mailbox: bob\n    has: {count: {at_least: 2}}\n    never: true\n");
  store(1);
  at(5);
  store(2);
  emit("store.blue.com", Kind::kMessageExpunged, {"bob@blue.com", "INBOX", 1});
  fails("it happened at 5 s: count was 2");
}

TEST_F(EvaluatorTest, FlagsFollowTheirChanges) {
  expect("  - message: {user: bob, subject: Hello}\n    has: {flags: {contains: \\Seen}}\n");
  store(1);
  emit("store.blue.com", Kind::kFlagsChanged, {"bob@blue.com", "INBOX", 1, "\\Seen \\Flagged"});
  holds();
}

TEST_F(EvaluatorTest, EachMessageThatFitsMustHaveAll) {
  expect("  - message: {user: bob}\n    has: {body: \"Hi\\n\"}\n");
  store(1);
  at(3);
  store(2, "", "Subject: Other\r\n\r\nNo\r\n");
  fails("body is \"No\\n\" at 1000 s");
}

TEST_F(EvaluatorTest, AMessageThatIsMissingIsNoMatch) {
  expect("  - message: {user: bob, subject: Hello}\n    has: {body: \"Hi\\n\"}\n");
  fails("there was none");
}

TEST_F(EvaluatorTest, RenamingMovesTheMessages) {
  expect("  - mailbox: {user: bob, mailbox: New}\n    has: {count: 1}\n");
  emit("store.blue.com", Kind::kMessageStored, {"bob@blue.com", "Old", 1, "", kMail});
  emit("store.blue.com", Kind::kMailboxRenamed, {"bob@blue.com", "Old", "New"});
  holds();
}

TEST_F(EvaluatorTest, AReceivedMessageIsAsItWasWritten) {
  expect("  - received: {user: bob, device: phone}\n    has: {count: 1, as_written: true}\n");
  emit("bob-phone.blue.com", Kind::kMessageComposed,
       {"alice@red.com", "laptop", "bob@blue.com", "Hello", kMail});
  emit("bob-phone.blue.com", Kind::kMessageFetched,
       {"bob@blue.com", "phone", "imap", "INBOX", "1", "Received: by x\r\n" + std::string(kMail),
        ""});
  holds();
}

TEST_F(EvaluatorTest, AChangedMessageIsNotAsItWasWritten) {
  expect("  - received: {user: bob, device: phone}\n    has: {as_written: true}\n");
  emit("bob-phone.blue.com", Kind::kMessageComposed,
       {"alice@red.com", "laptop", "bob@blue.com", "Hello", kMail});
  emit("bob-phone.blue.com", Kind::kMessageFetched,
       {"bob@blue.com", "phone", "imap", "INBOX", "1", "X-Added: by x\r\n" + std::string(kMail),
        ""});
  fails("as_written is false at 0 s");
}

// What lies on a device.
class CopyTest : public EvaluatorTest {
 protected:
  void fetch(std::string_view uid, std::string_view mailbox = "INBOX",
             std::string_view flags = "") {
    emit("bob-phone.blue.com", Kind::kMessageFetched,
         {"bob@blue.com", "phone", "imap", mailbox, uid, kMail, flags});
  }
  void emit_of(std::string_view message_id, Kind kind, std::initializer_list<Value> values) {
    recorder_->emit(host("bob-phone.blue.com"), kind, {}, {{}, message_id}, values);
  }
};

TEST_F(CopyTest, IsWhatWasFetchedWithItsFlags) {
  expect(
      "  - copy: {user: bob, device: phone, subject: Hello}\n    has: {count: 1, flags: "
      "\\Flagged, from: alice@red.com}\n");
  fetch("1", "inbox", "\\Seen");
  emit("bob-phone.blue.com", Kind::kCopyChanged,
       {"bob@blue.com", "phone", "INBOX", "1", "\\Flagged", "server"});
  holds();
}

TEST_F(CopyTest, OfAnotherMailboxDoesNotCount) {
  expect("  - copy: {user: bob, device: phone}\n    has: {count: 0}\n");
  fetch("1", "Archive");
  holds();
}

TEST_F(CopyTest, IsGoneWhenItWasDropped) {
  expect("  - copy: {user: bob, device: phone}\n    has: {count: 1}\n");
  fetch("1");
  fetch("2");
  emit("bob-phone.blue.com", Kind::kCopyRemoved, {"bob@blue.com", "phone", "INBOX", "1", "server"});
  holds();
}

TEST_F(CopyTest, MovesBeforeItHasAUidAndKeepsThePlaceWithIt) {
  expect(
      "  - copy: {user: bob, device: phone, mailbox: Archive}\n    has: {count: 1, subject: "
      "Hello}\n");
  fetch("7");
  emit_of("<m@red.com>", Kind::kCopyMoved, {"bob@blue.com", "phone", "INBOX", "7", "Archive"});
  emit_of("<m@red.com>", Kind::kCopyNumbered, {"bob@blue.com", "phone", "Archive", "3"});
  emit_of("<m@red.com>", Kind::kCopyRemoved, {"bob@blue.com", "phone", "Archive", "", "server"});
  holds();
}

TEST_F(CopyTest, IsLostWithTheDevice) {
  expect("  - copy: {user: bob, device: phone}\n    has: {count: 0}\n");
  fetch("1");
  emit("bob-phone.blue.com", Kind::kDeviceLost, {"bob@blue.com", "phone"});
  holds();
}

TEST_F(CopyTest, WhatMustNeverBeIsNoticedAtOnce) {
  expect("  - copy: {user: bob, device: phone, subject: Hello}\n    never: true\n");
  at(5);
  fetch("1");
  at(6);
  emit("bob-phone.blue.com", Kind::kCopyRemoved, {"bob@blue.com", "phone", "INBOX", "1", "server"});
  EXPECT_FALSE(finish().held);
}

TEST_F(CopyTest, IsLookedAtWhenItIsDue) {
  expect("  - copy: {user: bob, device: phone}\n    has: {count: 1}\n    within: 9 s\n");
  at(5);
  fetch("1");
  at(10);
  fetch("2");
  holds();
}

TEST_F(EvaluatorTest, QueuesFillAndEmpty) {
  expect("  - queue: mail.blue.com\n    has: {count: 0}\n    within: 10 s\n");
  emit("mail.blue.com", Kind::kQueueMoved, {"Q1", "incoming", Instant::never()});
  emit("mail.blue.com", Kind::kQueueMoved, {"Q1", "active", Instant::never()});
  emit("mx1.blue.com", Kind::kQueueMoved, {"Q2", "active", Instant::never()});
  at(9);
  emit("mail.blue.com", Kind::kMessageRemoved, {"Q1"});
  holds();
}

TEST_F(EvaluatorTest, OneQueueOfAllHosts) {
  expect("  - queue: {queue: deferred}\n    has: {count: {at_least: 1}}\n    never: true\n");
  at(4);
  emit("mx1.blue.com", Kind::kQueueMoved, {"Q2", "deferred", Instant::never()});
  fails("it happened at 4 s: count was 1");
}

TEST_F(EvaluatorTest, LinesAreCountedByHostAndDirection) {
  expect(
      "  - line: {host: mx1.blue.com, protocol: smtp, direction: received, text: {starts_with: "
      "\"RCPT \"}}\n"
      "    has: {count: 2}\n");
  EXPECT_EQ(evaluator_->depth_needed(), Layer::kProtocol);
  for (const char* line : {"MAIL FROM:<a@b.c>", "RCPT TO:<d@e.f>", "RCPT TO:<g@h.i>"}) {
    emit("mx1.blue.com", Kind::kLineReceived, {"smtp", line});
    emit("mail.blue.com", Kind::kLineSent, {"smtp", line});
  }
  holds();
}

TEST_F(EvaluatorTest, AfterAndWithinCutOutATime) {
  expect("  - line: {text: x}\n    has: {count: 1}\n    after: 5 s\n    within: 6 s\n");
  for (int second : {4, 5, 7}) {
    at(second);
    emit("mx1.blue.com", Kind::kLineSent, {"smtp", "x"});
  }
  holds();
}

TEST_F(EvaluatorTest, NamesCompareWithoutCaseAndFinalDot) {
  expect("  - lookup: {name: blue.com, type: MX}\n    has: {ttl: 1 h, answers: {contains: mx1}}\n");
  emit("mx1.blue.com", Kind::kLookupAnswered,
       {"BLUE.com.", "MX", "NOERROR", "10 mx1.blue.com", Duration(3'600'000'000'000)});
  holds();
}

TEST_F(EvaluatorTest, EventsHaveTheFieldsOfTheirKind) {
  expect(
      "  - event: {kind: mx.selected, host: mail.blue.com, fields: {preference: {at_most: 10}}}\n"
      "    has: {count: 1, fields: {host: {ends_with: red.com}}, time: {less_than: 2 s}}\n");
  at(1);
  emit("mail.blue.com", Kind::kMxSelected,
       {"Q1", "red.com", "mx1.red.com", 10, "192.0.2.1", "10 mx1.red.com"});
  emit("mail.blue.com", Kind::kMxSelected,
       {"Q1", "red.com", "mx2.red.com", 20, "192.0.2.2", "20 mx2.red.com"});
  holds();
}

TEST_F(EvaluatorTest, AKindOrFieldThatDoesNotExistIsAFailure) {
  expect("  - event: mx.chosen\n    never: true\n");
  fails("there is no kind of record 'mx.chosen'");
  expect("  - event: {kind: mx.selected, fields: {pref: 10}}\n    never: true\n");
  fails("mx.selected has no field 'pref'");
}

TEST_F(EvaluatorTest, NeverHoldsWhenNothingFits) {
  expect("  - bounce: alice@red.com\n    never: true\n");
  emit("mx1.blue.com", Kind::kBounceCreated, {"Q1", "Q2", "other@red.com", "failed"});
  holds();
}

TEST_F(EvaluatorTest, NeverIsBrokenByOneThatFits) {
  expect("  - bounce: {}\n    has: {action: failed}\n    never: true\n");
  at(7);
  emit("mx1.blue.com", Kind::kBounceCreated, {"Q1", "Q2", "other@red.com", "failed"});
  fails("it happened at 7 s: action was \"failed\"");
}

}  // namespace
}  // namespace mailcosm::sim::expectations
