#include "sim/golden/stable_text.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

constexpr WallTime kEpoch{std::int64_t{1'767'603'600} * 1'000'000'000};

TEST(StableTextTest, LeavesOrdinaryTextAsItIs) {
  const StableText stable(kEpoch);
  for (const std::string_view text :
       {"", "250 2.1.0 Sender OK", "EHLO mail.red.com", "Mon", "5 Jan", "<alice@red.com>", "<",
        "1234567890", "{date}", "MAIL FROM:<alice@red.com> SIZE=386", "May I, Monday",
        "0123456789abcde", "\xff\x00"}) {
    EXPECT_EQ(stable.of(text), text);
  }
}

TEST(StableTextTest, TakesOutDates) {
  const StableText stable(kEpoch);
  EXPECT_EQ(stable.of("Date: Mon, 5 Jan 2026 09:00:00 +0000"), "Date: {date}");
  EXPECT_EQ(stable.of("Date: 15 Jan 2026 09:00:00 -0130 (x)"), "Date: {date} (x)");
  EXPECT_EQ(stable.of("INTERNALDATE \" 5-Jan-2026 09:00:00 +0000\""), "INTERNALDATE \" {date}\"");
  EXPECT_EQ(stable.of("Mon, 5 Jan 2026 09:00 +0000"), "Mon, 5 Jan 2026 09:00 +0000");
  EXPECT_EQ(stable.of("x5 Jan 2026 09:00:00 +0000"), "x5 Jan 2026 09:00:00 +0000");
}

TEST(StableTextTest, FindsDatesCutAtEveryPlaceToBeNone) {
  const std::string date = "Mon, 5 Jan 2026 09:00:00 +0000";
  for (std::size_t length = 0; length < date.size(); ++length)
    EXPECT_EQ(date_at_front(std::string_view(date).substr(0, length)), 0u) << length;
  EXPECT_EQ(date_at_front(date), date.size());
}

TEST(StableTextTest, NamesMessagesByTheHostThatHadThemFirst) {
  StableText stable(kEpoch);
  EXPECT_TRUE(stable.learn_message("<20260105090000.8326b1d679f105df@red.com>", "laptop"));
  EXPECT_FALSE(stable.learn_message("<20260105090000.8326b1d679f105df@red.com>", "mx"));
  EXPECT_TRUE(stable.learn_message("<x@y>", "laptop"));
  EXPECT_EQ(stable.of("Message-ID: <20260105090000.8326b1d679f105df@red.com>"),
            "Message-ID: <message 1 of laptop>");
  EXPECT_EQ(stable.of("In-Reply-To: <x@y> and <z@y>"),
            "In-Reply-To: <message 2 of laptop> and <z@y>");
}

TEST(StableTextTest, NamesQueueIdsByHost) {
  StableText stable(kEpoch);
  stable.learn_queue_id("00000178C0", "mail.red.com");
  EXPECT_EQ(stable.of("250 2.0.0 Queued as 00000178C0"), "250 2.0.0 Queued as {mail.red.com 1}");
  EXPECT_EQ(stable.of("00000178C01"), "00000178C01");
}

TEST(StableTextTest, TakesOutSecondsNearTheEpochAndRandomNumbers) {
  const StableText stable(kEpoch);
  EXPECT_EQ(stable.of("* OK [UIDVALIDITY 1767603600] UIDs valid"),
            "* OK [UIDVALIDITY {time}] UIDs valid");
  EXPECT_EQ(stable.of("1 1767603661.1"), "1 {time}.1");
  EXPECT_EQ(stable.of("1767603599"), "1767603599");
  EXPECT_EQ(stable.of("--8326b1d679f105df--"), "--{random}--");
}

}  // namespace
}  // namespace mailcosm::sim
