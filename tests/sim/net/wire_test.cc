#include "sim/net/wire.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;
using Fate = Wire::Fate;

LinkSettings settings_of(std::uint64_t rate, Duration latency) {
  LinkSettings settings;
  settings.bits_per_second = rate;
  settings.latency = latency;
  return settings;
}

TEST(WireTest, AddsTimeOnTheWireAndLatency) {
  Wire wire{Random(1)};
  const LinkSettings settings = settings_of(10'000'000, 20ms);
  // 1500 octets at 10 Mbit/s: 1.2 ms.
  EXPECT_EQ(wire.offer(Instant{0}, 1500, settings).arrival.ns, 21'200'000);
  EXPECT_EQ(wire.offer(Instant{0}, 1500, settings).arrival.ns, 22'400'000) << "waits for the first";
  EXPECT_EQ(wire.offer(Instant{50'000'000}, 500, settings).arrival.ns, 70'400'000) << "idle again";
}

TEST(WireTest, UnlimitedBandwidthIsLatencyOnly) {
  Wire wire{Random(1)};
  for (int i = 0; i < 5000; ++i) {
    const Wire::Outcome outcome = wire.offer(Instant{7}, 1500, settings_of(0, 3ms));
    ASSERT_EQ(outcome.fate, Fate::kArrives);
    ASSERT_EQ(outcome.arrival.ns, 3'000'007);
  }
}

TEST(WireTest, DeliversItsRateWithoutDrift) {
  // 3 and 7 Mbit/s give no whole nanoseconds per octet; a million packets show any rounding error.
  for (std::uint64_t rate : {3'000'000u, 7'000'000u, 999'999'937u}) {
    Wire wire{Random(1)};
    LinkSettings settings = settings_of(rate, 1ns);
    settings.queue_packets_max = 2'000'000;
    Instant last;
    for (int i = 0; i < 200'000; ++i) last = wire.offer(Instant{0}, 1001, settings).arrival;
    const std::uint64_t bits = std::uint64_t{200'000} * 1001 * 8;
    __extension__ using Uint128 = unsigned __int128;
    const auto exact =
        static_cast<std::int64_t>((static_cast<Uint128>(bits) * 1'000'000'000 + rate - 1) / rate);
    EXPECT_EQ(last.ns, exact + 1) << rate;
  }
}

TEST(WireTest, DropsWhatExceedsTheQueue) {
  Wire wire{Random(1)};
  LinkSettings settings = settings_of(8'000'000, 1ms);  // 1 us an octet
  settings.queue_packets_max = 2;
  EXPECT_EQ(wire.offer(Instant{0}, 1000, settings).fate, Fate::kArrives) << "on the wire";
  EXPECT_EQ(wire.offer(Instant{0}, 1000, settings).fate, Fate::kArrives);
  EXPECT_EQ(wire.offer(Instant{0}, 1000, settings).fate, Fate::kArrives);
  EXPECT_EQ(wire.offer(Instant{0}, 1000, settings).fate, Fate::kQueueFull);
  EXPECT_EQ(wire.offer(Instant{999'999}, 1000, settings).fate, Fate::kQueueFull);
  const Wire::Outcome outcome = wire.offer(Instant{1'000'000}, 1000, settings);
  EXPECT_EQ(outcome.fate, Fate::kArrives) << "one place is free when the first has left";
  EXPECT_EQ(outcome.arrival.ns, 5'000'000);
}

TEST(WireTest, LosesAndDuplicatesAsOftenAsTold) {
  Wire wire{Random(42)};
  LinkSettings settings = settings_of(0, 1ms);
  settings.loss_per_million = 30'000;
  settings.duplicate_per_million = 10'000;
  constexpr int kPackets = 1'000'000;
  int lost = 0;
  int doubled = 0;
  for (int i = 0; i < kPackets; ++i) {
    const Fate fate = wire.offer(Instant{i}, 100, settings).fate;
    lost += fate == Fate::kLost ? 1 : 0;
    doubled += fate == Fate::kArrivesTwice ? 1 : 0;
  }
  // Four standard deviations of the binomial distribution: sqrt(n p (1 - p)).
  EXPECT_NEAR(lost, 30'000, 4 * 171);
  EXPECT_NEAR(doubled, 9'700, 4 * 98);
}

TEST(WireTest, JitterStaysInBoundsAndDoesNotReorder) {
  Wire wire{Random(7)};
  LinkSettings settings = settings_of(0, 10ms);
  settings.jitter = 5ms;
  Instant last;
  std::int64_t spread = 0;
  for (int i = 0; i < 10'000; ++i) {
    const Instant now{i * 1'000};
    const Instant arrival = wire.offer(now, 100, settings).arrival;
    ASSERT_GE(arrival, last);
    ASSERT_GE(arrival - now, Duration(10ms));
    ASSERT_LE(arrival - now, Duration(15ms));
    last = arrival;
  }
  settings.may_reorder = true;
  int overtaken = 0;
  last = Instant{};
  for (int i = 0; i < 10'000; ++i) {
    const Instant now{1'000'000'000 + i * 1'000};
    const Instant arrival = wire.offer(now, 100, settings).arrival;
    overtaken += arrival < last ? 1 : 0;
    spread = std::max(spread, (arrival - now).count());
    last = arrival;
  }
  EXPECT_GT(overtaken, 4'000);
  EXPECT_LE(spread, 15'000'000);
}

TEST(WireTest, ACutFreesTheWire) {
  Wire wire{Random(1)};
  LinkSettings settings = settings_of(8'000, 1ms);
  (void)wire.offer(Instant{0}, 1000, settings);
  settings.up = false;
  wire.cut();
  EXPECT_EQ(wire.offer(Instant{1}, 1000, settings).fate, Fate::kDown);
  settings.up = true;
  EXPECT_EQ(wire.offer(Instant{10}, 1000, settings).arrival.ns, 10 + 1'000'000'000 + 1'000'000);
}

}  // namespace
}  // namespace mailcosm::sim
