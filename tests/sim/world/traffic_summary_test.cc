#include "sim/world/traffic_summary.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

class TrafficSummaryTest : public testing::Test {
 protected:
  void tell(Kind kind, Instant time, std::string_view message, std::vector<Value> values = {},
            HostIndex host = 0) {
    Record record;
    record.kind = kind;
    record.time = time;
    record.host = host;
    record.subject.message = message;
    values.resize(info_of(kind).fields.size());
    record.values = values;
    summary_.accept(record);
  }
  void deliver(std::string_view message, std::int64_t written, std::int64_t stored) {
    tell(Kind::kMessageComposed, Instant{written}, message, {"u1@a.com", "", "u2@b.com"});
    tell(Kind::kMessageStored, Instant{stored}, message, {"u2@b.com", "INBOX"});
  }

  TraceHeader header_{{}, {{"mail.a.com", {}}, {"mx1.b.com", {}}}};
  TrafficSummary summary_{header_};
};

TEST_F(TrafficSummaryTest, IsEmptyAtFirst) {
  EXPECT_EQ(summary_.text(),
            "Mails:  0 written to 0 recipients, 0 delivered, 0 bounced; 0 submissions failed, 0 "
            "deliveries deferred.\nQueues: at most 0 messages in all together; 0 at the end.\n");
}

TEST_F(TrafficSummaryTest, MeasuresDelays) {
  for (std::int64_t i = 1; i <= 100; ++i)
    deliver("<" + std::to_string(i) + "@a.com>", 1'000, 1'000 + i * 10);
  const TrafficSummary::Numbers numbers = summary_.numbers();
  EXPECT_EQ(numbers.mails, 100u);
  EXPECT_EQ(numbers.delivered, 100u);
  EXPECT_EQ(numbers.delay.mean, Duration(505));
  EXPECT_EQ(numbers.delay.p50, Duration(500));
  EXPECT_EQ(numbers.delay.max, Duration(1000));
}

TEST_F(TrafficSummaryTest, CountsRecipients) {
  tell(Kind::kMessageComposed, Instant{}, "<1@a.com>", {"u1@a.com", "", "u2@b.com u3@b.com"});
  EXPECT_EQ(summary_.numbers().recipients, 2u);
}

TEST_F(TrafficSummaryTest, LeavesOutWhatNobodyWrote) {
  tell(Kind::kMessageStored, Instant{7}, "<bounce@mail.a.com>", {"u1@a.com", "INBOX"});
  EXPECT_EQ(summary_.numbers().delivered, 0u);
}

TEST_F(TrafficSummaryTest, LeavesOutWhatIsFiledInAnotherMailbox) {
  deliver("<1@a.com>", 5, 12);
  tell(Kind::kMessageStored, Instant{20}, "<1@a.com>", {"u1@a.com", "Sent"});
  tell(Kind::kMessageStored, Instant{30}, "<1@a.com>", {"u2@b.com", "Archive"});
  EXPECT_EQ(summary_.numbers().delivered, 1u);
}

// As an expectation about delays counts it.
TEST_F(TrafficSummaryTest, AMailThatComesTwiceIsOneDelivery) {
  deliver("<1@a.com>", 5, 12);
  tell(Kind::kMessageStored, Instant{20}, "<1@a.com>", {"u2@b.com", "INBOX"});
  EXPECT_EQ(summary_.numbers().delivered, 1u);
  EXPECT_EQ(summary_.numbers().delay.max, Duration(7));
}

TEST_F(TrafficSummaryTest, RemembersTheLongestQueue) {
  tell(Kind::kMessageAccepted, Instant{1}, "<1@a.com>", {}, 0);
  tell(Kind::kMessageAccepted, Instant{2}, "<2@a.com>", {}, 1);
  tell(Kind::kMessageAccepted, Instant{2}, "<3@a.com>", {}, 1);
  tell(Kind::kMessageRemoved, Instant{3}, "<1@a.com>", {}, 0);
  tell(Kind::kMessageAccepted, Instant{4}, "<4@a.com>", {}, 0);
  EXPECT_EQ(summary_.numbers().queue_peak, 3u);
  EXPECT_EQ(summary_.numbers().queued, 3u);
  EXPECT_NE(summary_.text().find("at most 3 messages in all together and 2 in that of mx1.b.com; 3 "
                                 "at the end"),
            std::string::npos)
      << summary_.text();
}

}  // namespace
}  // namespace mailcosm::sim
