// Expectations about delays, decided from hand-made records.
#include <string>

#include "tests/sim/world/expectations/hand_made_world.h"

namespace mailcosm::sim::expectations {
namespace {

constexpr std::string_view kWorldText = R"(mailcosm: 1
title: A test
organisations:
  red.com:
    users:
      alice: {devices: {laptop: imap}}
  blue.com:
    users:
      bob: {devices: {phone: imap}}
      carol: {devices: {phone: imap}}
  green.org:
    users:
      dora: {devices: {phone: imap}}
expect:
)";

class DelayTest : public HandMadeWorld {
 protected:
  DelayTest() : HandMadeWorld(kWorldText) {}

  void write(int number, std::string_view from, std::string_view recipients) {
    const std::string id = "<" + std::to_string(number) + "@red.com>";
    recorder_->emit(host("store.red.com"), Kind::kMessageComposed, {}, {{}, id},
                    {from, "laptop", recipients, "", ""});
  }
  RecordId store(int number, std::string_view user, std::string_view mailbox = "INBOX") {
    const std::string id = "<" + std::to_string(number) + "@red.com>";
    const std::string server = "store." + std::string(user.substr(user.find('@') + 1));
    return recorder_->emit(host(server), Kind::kMessageStored, {}, {{}, id},
                           {user, mailbox, number, "", ""});
  }
  // One mail of Alice's to Bob.
  void deliver(int number, std::int64_t written, std::int64_t stored) {
    at(written);
    write(number, "alice@red.com", "bob@blue.com");
    at(stored);
    store(number, "bob@blue.com");
  }
};

TEST_F(DelayTest, APercentileHolds) {
  expect("  - delay:\n    has: {p90: {at_most: 9 s}, max: {less_than: 31 s}, count: 10}\n");
  for (int i = 1; i <= 9; ++i) deliver(i, 10 * i, 10 * i + i);
  deliver(10, 200, 230);
  holds();
}

TEST_F(DelayTest, APercentileIsExceeded) {
  expect("  - delay:\n    has: {p90: {less_than: 9 s}}\n");
  for (int i = 1; i <= 9; ++i) deliver(i, 10 * i, 10 * i + i);
  deliver(10, 200, 230);
  fails("p90 is 9 s");
}

TEST_F(DelayTest, TheMeanIsOfAllDeliveries) {
  expect("  - delay:\n    has: {mean: 3 s}\n");
  deliver(1, 0, 1);
  deliver(2, 10, 15);
  holds();
}

TEST_F(DelayTest, TheSlowestDeliveryIsNamed) {
  expect("  - delay:\n    has: {max: {at_most: 5 s}}\n");
  deliver(1, 0, 1);
  at(10);
  write(2, "alice@red.com", "bob@blue.com");
  at(20);
  const RecordId slowest = store(2, "bob@blue.com");
  deliver(3, 30, 40);
  const Result result = finish();
  EXPECT_EQ(result.found, "max is 10 s");
  EXPECT_EQ(result.record.to_string(), slowest.to_string());
}

TEST_F(DelayTest, WithoutADeliveryNoDelayHolds) {
  expect("  - delay:\n    has: {p50: {at_most: 1 h}}\n");
  at(1);
  write(1, "alice@red.com", "bob@blue.com");
  fails("p50 is unknown, for nothing was delivered");
}

TEST_F(DelayTest, WithoutAMailNoShareHolds) {
  expect("  - delay:\n    has: {delivered: {at_least: 0 %}}\n");
  fails("delivered is unknown, for nobody was written to");
}

TEST_F(DelayTest, TheShareIsOfRecipients) {
  expect("  - delay:\n    has: {delivered: {at_least: 75 %}}\n");
  at(1);
  write(1, "alice@red.com", "bob@blue.com carol@blue.com");
  write(2, "alice@red.com", "bob@blue.com dora@green.org");
  store(1, "bob@blue.com");
  store(1, "carol@blue.com");
  store(2, "bob@blue.com");
  holds();
}

TEST_F(DelayTest, AShareThatIsTooSmallIsToldInNumbers) {
  expect("  - delay:\n    has: {delivered: {at_least: 66.6667 %}}\n");
  at(1);
  write(1, "alice@red.com", "alice@red.com bob@blue.com dora@green.org");
  store(1, "bob@blue.com");
  store(1, "dora@green.org");
  fails("delivered is 66.6666 % (2 of 3)");
}

TEST_F(DelayTest, WhatArrivesTwiceCountsOnce) {
  expect("  - delay:\n    has: {count: 1, delivered: 50 %, max: 2 s}\n");
  at(1);
  write(1, "alice@red.com", "bob@blue.com carol@blue.com");
  at(3);
  store(1, "bob@blue.com");
  at(9);
  store(1, "bob@blue.com");
  holds();
}

TEST_F(DelayTest, WhatIsFiledElsewhereIsNoDelivery) {
  expect("  - delay:\n    has: {count: 0}\n");
  at(1);
  write(1, "alice@red.com", "bob@blue.com");
  store(1, "alice@red.com", "Sent");
  store(1, "bob@blue.com", "Archive");
  store(2, "alice@red.com");
  holds();
}

TEST_F(DelayTest, MoreCopiesThanRecipientsAreAllOfThem) {
  expect("  - delay:\n    has: {delivered: 100 %, count: 2}\n");
  at(1);
  write(1, "alice@red.com", "team@blue.com");
  store(1, "bob@blue.com");
  store(1, "carol@blue.com");
  holds();
}

TEST_F(DelayTest, OneDomainIsChosen) {
  expect("  - delay: blue.com\n    has: {count: 1, delivered: 50 %, max: 1 s}\n");
  at(1);
  write(1, "alice@red.com", "bob@blue.com carol@blue.com dora@green.org");
  at(2);
  store(1, "bob@blue.com");
  at(9);
  store(1, "dora@green.org");
  holds();
}

TEST_F(DelayTest, AuthorsOfOneDomainAreChosen) {
  expect("  - delay: {from: green.org}\n    has: {count: 1, delivered: 100 %}\n");
  at(1);
  write(1, "alice@red.com", "bob@blue.com");
  write(2, "dora@green.org", "bob@blue.com");
  store(1, "bob@blue.com");
  store(2, "bob@blue.com");
  holds();
}

TEST_F(DelayTest, OneMailboxServerIsChosen) {
  expect("  - delay: {host: store.blue.com}\n    has: {count: 1, delivered: 50 %}\n");
  at(1);
  write(1, "alice@red.com", "bob@blue.com carol@blue.com dora@green.org");
  store(1, "bob@blue.com");
  store(1, "dora@green.org");
  holds();
}

TEST_F(DelayTest, AfterChoosesByWhenAMailIsWritten) {
  expect("  - delay:\n    has: {count: 1, max: 5 s}\n    after: 10 s\n");
  deliver(1, 9, 20);
  deliver(2, 10, 15);
  holds();
}

TEST_F(DelayTest, WithinCountsWhatIsThereByThen) {
  expect("  - delay:\n    has: {delivered: 50 %}\n    within: 20 s\n");
  deliver(1, 1, 20);
  deliver(2, 2, 21);
  holds();
}

}  // namespace
}  // namespace mailcosm::sim::expectations
