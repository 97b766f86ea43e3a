#include "sim/trace/time_text.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

TEST(TimeTextTest, ShowsDurationsInTheirOwnUnit) {
  EXPECT_EQ(duration_text(0ns), "0 ms");
  EXPECT_EQ(duration_text(999ns), "999 ns");
  EXPECT_EQ(duration_text(1'500ns), "1.5 us");
  EXPECT_EQ(duration_text(20ms), "20 ms");
  EXPECT_EQ(duration_text(120'500us), "120.5 ms");
  EXPECT_EQ(duration_text(3'204ms), "3.204 s");
  EXPECT_EQ(duration_text(303s), "5 min 3 s");
  EXPECT_EQ(duration_text(120min), "2 h");
  EXPECT_EQ(duration_text(49h), "2 days 1 h");
  EXPECT_EQ(duration_text(-20ms), "-20 ms");
}

TEST(TimeTextTest, ShowsTimesSinceTheStart) {
  EXPECT_EQ(time_text(Instant{0}), "+ 0 ms");
  EXPECT_EQ(time_text(Instant{120'500'000}), "+ 120.5 ms");
  EXPECT_EQ(time_text(Instant{} + 59'999ms), "+ 59.999 s");
  EXPECT_EQ(time_text(Instant{} + 60s), "+ 01:00.000");
  EXPECT_EQ(time_text(Instant{} + 3h + 4min + 5s), "+ 03:04:05");
  EXPECT_EQ(time_text(Instant{} + 27h + 4min + 5s), "day 2 03:04:05");
  EXPECT_EQ(time_text(Instant::never()), "never");
  EXPECT_EQ(time_text(Instant{-1'000'000}), "- 1 ms");
}

}  // namespace
}  // namespace mailcosm::sim
