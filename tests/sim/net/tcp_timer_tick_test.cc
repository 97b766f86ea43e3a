#include "sim/net/tcp_timer_tick.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

Duration wait(Duration asked, Instant now = Instant{0}) { return fires_at(now, asked, 4ms) - now; }

TEST(TcpTimerTickTest, FiresExactlyWithoutATick) {
  EXPECT_EQ(fires_at(Instant{7}, 200ms, Duration(0)), Instant{7} + 200ms);
}

TEST(TcpTimerTickTest, IsNeverEarlyAndAtMostAnEighthLate) {
  for (Duration asked = 1ms; asked < 100s; asked = asked * 9 / 8 + 1us) {
    for (std::int64_t phase = 0; phase < 40'000'000; phase += 1'234'567) {
      const Duration waited = wait(asked, Instant{phase});
      EXPECT_GE(waited, asked);
      EXPECT_LE(waited, asked + asked / 7 + 8ms) << asked.count();
    }
  }
}

TEST(TcpTimerTickTest, GetsCoarserWithTheDistance) {
  EXPECT_EQ(wait(1ms), 8ms) << "one tick, and the one under way";
  // 62 ticks are in the first level, 63 in the second.
  EXPECT_EQ(wait(248ms), 252ms);
  EXPECT_EQ(wait(249ms), 256ms);
  EXPECT_EQ(wait(1s), 1024ms);
  // 503 ticks are in the second level, 504 in the third, of 256 ms.
  EXPECT_EQ(wait(2012ms), 2016ms);
  EXPECT_EQ(wait(2016ms), 2048ms);
  EXPECT_EQ(wait(Duration(120s)), Duration(120s) + 832ms) << "the fourth level, of 2,048 ms";
}

}  // namespace
}  // namespace mailcosm::sim
