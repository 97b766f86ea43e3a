#include "sim/scenario/units.h"

#include <gtest/gtest.h>

namespace mailcosm::sim::scenario {
namespace {

using namespace std::chrono_literals;

TEST(UnitsTest, DurationsAreExactIntegers) {
  EXPECT_EQ(parse_duration("20 ms").value(), 20ms);
  EXPECT_EQ(parse_duration("20ms").value(), 20ms);
  EXPECT_EQ(parse_duration("1.5 s").value(), 1500ms);
  EXPECT_EQ(parse_duration("0.1 s").value(), 100ms);
  EXPECT_EQ(parse_duration("1 day").value(), 24h);
  EXPECT_EQ(parse_duration("5 days").value(), 120h);
  EXPECT_EQ(parse_duration("0 s").value(), 0s);
  EXPECT_EQ(parse_duration("0.000000001 s").value(), 1ns);
  EXPECT_EQ(parse_duration("2 hours").value(), 2h);
}

TEST(UnitsTest, AUnitIsMandatory) {
  EXPECT_EQ(parse_duration("20").error().offset, 2u);
  EXPECT_FALSE(parse_duration("20 "));
  EXPECT_FALSE(parse_duration("ms"));
  EXPECT_FALSE(parse_duration(""));
}

TEST(UnitsTest, RefusesWhatIsNoPlainNumber) {
  for (const char* text : {"-1 s", "+1 s", "1e3 s", "1. s", ".5 s", "01 s", "1,5 s", "1  s", "1 s ",
                           " 1 s", "1.5.1 s", "1 S"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(UnitsTest, RefusesWhatDoesNotFit) {
  EXPECT_EQ(parse_duration("0.5 ns").error().what, "finer than 1 ns");
  EXPECT_FALSE(parse_duration("99999999999999999999 s"));
  EXPECT_FALSE(parse_duration("9999999999 days"));
  EXPECT_FALSE(parse_duration("1.00000000000000000000000001 s"));
  EXPECT_TRUE(parse_duration("10000 days"));
}

TEST(UnitsTest, BandwidthSizeAndFraction) {
  EXPECT_EQ(parse_bandwidth("10 Mbit/s").value(), 10'000'000);
  EXPECT_EQ(parse_bandwidth("1.5 kbit/s").value(), 1'500);
  EXPECT_FALSE(parse_bandwidth("0.5 bit/s"));
  EXPECT_EQ(parse_size("25 MiB").value(), 25 << 20);
  EXPECT_EQ(parse_size("1.5 KiB").value(), 1'536);
  EXPECT_EQ(parse_size("1 kB").value(), 1'000);
  EXPECT_EQ(parse_fraction("1 %").value(), 10'000);
  EXPECT_EQ(parse_fraction("0.0001 %").value(), 1);
  EXPECT_EQ(parse_fraction("100 %").value(), 1'000'000);
  EXPECT_EQ(parse_fraction("3 ppm").value(), 3);
  EXPECT_FALSE(parse_fraction("100.0001 %"));
  EXPECT_FALSE(parse_fraction("0.00001 %"));
}

TEST(UnitsTest, WallTimes) {
  EXPECT_EQ(parse_wall_time("1970-01-01 00:00:00 UTC").value().ns, 0);
  EXPECT_EQ(parse_wall_time("2026-01-05 09:00:00 UTC").value().seconds(), 1'767'603'600);
  EXPECT_EQ(parse_wall_time("2026-01-05T09:00:00Z").value().seconds(), 1'767'603'600);
  EXPECT_TRUE(parse_wall_time("2024-02-29 23:59:59 UTC"));
  for (const char* text :
       {"2026-02-29 00:00:00 UTC", "2026-13-01 00:00:00 UTC", "2026-01-05 24:00:00 UTC",
        "2026-01-05 09:60:00 UTC", "2026-01-05 09:00:00", "2026-01-05", "1969-12-31 23:59:59 UTC",
        "2026-01-05 09:00:00 CET", "2026/01/05 09:00:00 UTC"}) {
    EXPECT_FALSE(parse_wall_time(text)) << text;
  }
}

TEST(UnitsTest, Integers) {
  EXPECT_EQ(parse_integer("0").value(), 0);
  EXPECT_EQ(parse_integer("-5").value(), -5);
  EXPECT_EQ(parse_integer("9223372036854775807").value(), INT64_MAX);
  for (const char* text : {"", "-", "+1", "01", "0x1", "1.0", "9223372036854775808", "1_000"}) {
    EXPECT_FALSE(parse_integer(text)) << text;
  }
}

TEST(UnitsTest, WhatIsPrintedReadsBackTheSame) {
  for (const std::int64_t ns : {0ll, 1ll, 999ll, 1'000ll, 1'500'000ll, 60'000'000'000ll,
                                90'000'000'000ll, 86'400'000'000'000ll, 86'400'000'000'001ll}) {
    EXPECT_EQ(parse_duration(format_duration(Duration(ns))).value().count(), ns);
  }
  EXPECT_EQ(format_duration(90s), "90 s");
  EXPECT_EQ(format_duration(180'738'507'700ns), "180.7385077 s");
  EXPECT_EQ(format_duration(1'500'001ns), "1.500001 ms");
  EXPECT_EQ(format_duration(999'999ns), "999999 ns");
  EXPECT_EQ(format_duration(24h), "1 day");
  EXPECT_EQ(format_duration(48h), "2 days");
  EXPECT_EQ(format_duration(15min), "15 min");
  EXPECT_EQ(format_bandwidth(10'000'000), "10 Mbit/s");
  EXPECT_EQ(format_fraction(10'000), "1 %");
  EXPECT_EQ(format_fraction(1), "1 ppm");
  EXPECT_EQ(format_size(25 << 20), "25 MiB");
  EXPECT_EQ(format_size(1'000), "1000 B");
  EXPECT_EQ(format_wall_time(WallTime{1'767'603'600'000'000'000}), "2026-01-05 09:00:00 UTC");
}

}  // namespace
}  // namespace mailcosm::sim::scenario
