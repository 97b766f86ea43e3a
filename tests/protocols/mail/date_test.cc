#include "protocols/mail/date.h"

#include <gtest/gtest.h>

#include <string>

namespace mailcosm::mail {
namespace {

WallTime at_seconds(std::int64_t seconds) { return {seconds * 1'000'000'000}; }

TEST(DateTest, CountsDays) {
  EXPECT_EQ(days_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(days_from_civil(2000, 3, 1), 11'017);
  EXPECT_EQ(days_from_civil(1969, 12, 31), -1);
  EXPECT_EQ(day_of_week(0), 4);
  EXPECT_EQ(day_of_week(-5), 6);
}

// Every day of eight centuries, in order.
TEST(DateTest, TurnsDaysIntoDatesAndBack) {
  std::int64_t day = days_from_civil(1600, 1, 1);
  for (int year = 1600; year < 2400; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int number = 1; number <= days_in_month(year, month); ++number, ++day) {
        ASSERT_EQ(days_from_civil(year, month, number), day);
        CivilTime civil = from_unix_seconds(day * 86'400 + 3661);
        ASSERT_EQ(civil, (CivilTime{year, month, number, 1, 1, 1}));
      }
    }
  }
}

// RFC 5322 section 3.3: date-time.
TEST(DateTest, WritesDates) {
  EXPECT_EQ(format_date(at_seconds(1'767'603'600)), "Mon, 5 Jan 2026 09:00:00 +0000");
  EXPECT_EQ(format_date(at_seconds(1'767'603'600), -330), "Mon, 5 Jan 2026 03:30:00 -0530");
  EXPECT_EQ(format_date(at_seconds(0), 60), "Thu, 1 Jan 1970 01:00:00 +0100");
  EXPECT_EQ(format_date(at_seconds(-1)), "Wed, 31 Dec 1969 23:59:59 +0000");
}

TEST(DateTest, ReadsBackWhatItWrites) {
  for (std::int64_t seconds :
       {std::int64_t{0}, std::int64_t{951'782'400}, std::int64_t{1'767'603'600},
        std::int64_t{4'102'444'799}, std::int64_t{-86'401}}) {
    for (int zone : {0, 60, -330, 765, -720}) {
      Result<DateTime> date = parse_date(format_date(at_seconds(seconds), zone));
      ASSERT_TRUE(date.has_value());
      EXPECT_EQ(date->unix_seconds(), seconds);
      EXPECT_EQ(date->zone_minutes, zone);
      date = parse_imap_date(format_imap_date(at_seconds(seconds), zone));
      ASSERT_TRUE(date.has_value());
      EXPECT_EQ(date->wall_time(), at_seconds(seconds));
    }
  }
}

// RFC 5322 section 4.3: two and three digit years, zone names, no seconds, comments.
TEST(DateTest, ReadsObsoleteForms) {
  EXPECT_EQ(parse_date("21 Nov 97 09:55:06 GMT")->local.year, 1997);
  EXPECT_EQ(parse_date("21 Nov 49 09:55 GMT")->local.year, 2049);
  EXPECT_EQ(parse_date("21 Nov 50 09:55 GMT")->local.year, 1950);
  EXPECT_EQ(parse_date("21 Nov 126 09:55 GMT")->local.year, 2026);
  EXPECT_EQ(parse_date("Fri, 21 Nov 1997 09(comment):   55  :  06 EST")->zone_minutes, -300);
  EXPECT_TRUE(parse_date("21 Nov 1997 09:55:06 X")->zone_unknown);
  EXPECT_TRUE(parse_date("21 Nov 1997 09:55:06 -0000")->zone_unknown);
  EXPECT_FALSE(parse_date("21 Nov 1997 09:55:06 Z")->zone_unknown);
  EXPECT_TRUE(parse_date("31 Dec 1998 23:59:60 +0000").has_value());
}

TEST(DateTest, RefusesWhatIsNoDate) {
  for (const char* bad :
       {"", "Mon", "Mon,", "Xxx, 1 Jan 2026 00:00 +0000", "1 Jan 2026", "1 Jan 2026 24:00 +0000",
        "1 Jan 2026 00:60 +0000", "1 Jan 2026 00:00:61 +0000", "29 Feb 2025 00:00 +0000",
        "0 Jan 2026 00:00 +0000", "1 Jan 2026 00:00 +00", "1 Jan 2026 00:00 +0060",
        "1 Jan 2026 00:00 +0000 x", "1 Jan 20260 00:00 +0000", "1 Jan 2026 00:00 (",
        "1 Jan 6 00:00 GMT"})
    EXPECT_FALSE(parse_date(bad).has_value()) << bad;
  for (const char* bad :
       {"", "05-Jan-2026 09:00:00", "05-Xxx-2026 09:00:00 +0000", "05 Jan 2026 09:00:00 +0000",
        "32-Jan-2026 09:00:00 +0000", "05-Jan-2026 09:00:00  0000"})
    EXPECT_FALSE(parse_imap_date(bad).has_value()) << bad;
}

// RFC 3501 section 9: date-day-fixed has a space or a digit in front.
TEST(DateTest, ReadsImapDates) {
  EXPECT_EQ(parse_imap_date(" 5-Jan-2026 09:00:00 +0000")->local.day, 5);
  EXPECT_EQ(format_imap_date(at_seconds(1'767'603'600)), "05-Jan-2026 09:00:00 +0000");
}

// APPEND with a date of the year 6026 overflowed.
TEST(DateTest, DatesBeyondAWallTimeAreTheEndThatIsNearer) {
  const auto read = [](const char* text) {
    return format_imap_date(parse_imap_date(text).value().wall_time());
  };
  EXPECT_EQ(read("11-Apr-2262 23:47:15 +0000"), "11-Apr-2262 23:47:15 +0000");
  EXPECT_EQ(read("11-Apr-2262 23:47:16 +0000"), "11-Apr-2262 23:47:15 +0000");
  EXPECT_EQ(read("04-Jan-6026 09:00:00 +0000"), "11-Apr-2262 23:47:15 +0000");
  EXPECT_EQ(read("31-Dec-9999 23:59:60 -5959"), "11-Apr-2262 23:47:15 +0000");
  EXPECT_EQ(read("21-Sep-1677 00:12:45 +0000"), "21-Sep-1677 00:12:45 +0000");
  EXPECT_EQ(read("21-Sep-1677 00:12:44 +0000"), "21-Sep-1677 00:12:45 +0000");
  EXPECT_EQ(read("01-Jan-0000 00:00:00 +5959"), "21-Sep-1677 00:12:45 +0000");
}

}  // namespace
}  // namespace mailcosm::mail
