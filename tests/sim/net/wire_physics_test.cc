// The physics of one direction of a link: time on the wire, queues, loss, duplication, jitter. What
// is deterministic is compared exactly; what is drawn lies within what chance allows in 9,999 of
// 10,000 cases, for each of several seeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/net/wire.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;
using Fate = Wire::Fate;
__extension__ using Uint128 = unsigned __int128;

// The 99.99 % quantile of the normal distribution, both sides.
constexpr double kSigmas = 3.89;

LinkSettings settings_of(std::uint64_t rate, Duration latency = Duration(1)) {
  LinkSettings settings;
  settings.bits_per_second = rate;
  settings.latency = latency;
  return settings;
}

// Nanoseconds that so many octets take, rounded up once.
std::int64_t exact_time(std::uint64_t octets, std::uint64_t rate) {
  return static_cast<std::int64_t>((static_cast<Uint128>(octets) * 8 * 1'000'000'000 + rate - 1) /
                                   rate);
}

// A million packets back to back, of sizes that do not divide: each arrives at the nanosecond at
// which its last bit is due; nothing is ever rounded twice.
TEST(WirePhysicsTest, SerialisesAMillionPacketsExactly) {
  for (std::uint64_t rate : {std::uint64_t{9'600}, std::uint64_t{56'000}, std::uint64_t{1'000'003},
                             std::uint64_t{7'000'000}, std::uint64_t{999'999'937},
                             std::uint64_t{10'000'000'000}, std::uint64_t{400'000'000'003}}) {
    Wire wire{Random(1)};
    LinkSettings settings = settings_of(rate);
    settings.queue_packets_max = 1'000'000;
    std::uint64_t octets = 0;
    for (std::uint32_t i = 0; i < 1'000'000; ++i) {
      const std::uint32_t size = 40 + i * 7919 % 1461;
      octets += size;
      const Wire::Outcome outcome = wire.offer(Instant{0}, size, settings);
      ASSERT_EQ(outcome.fate, Fate::kArrives);
      ASSERT_EQ(outcome.arrival.ns, exact_time(octets, rate) + 1) << rate << " packet " << i;
    }
  }
}

// Packets of one size that are offered exactly when the last has left: the link is saturated, and
// nothing ever waits, as the fraction of a nanosecond is carried.
TEST(WirePhysicsTest, KeepsItsRateWhenFedInTime) {
  for (std::uint64_t rate : {3'000'000u, 7'000'000u, 1'000'000'007u}) {
    for (std::uint32_t size : {1u, 64u, 1500u, 65'535u}) {
      Wire wire{Random(1)};
      const LinkSettings settings = settings_of(rate);
      Instant last;
      for (std::uint64_t i = 0; i < 100'000; ++i) {
        // The last whole nanosecond before the wire is free.
        const auto now = Instant{
            static_cast<std::int64_t>(static_cast<Uint128>(i) * size * 8 * 1'000'000'000 / rate)};
        last = wire.offer(now, size, settings).arrival;
      }
      EXPECT_EQ(last.ns, exact_time(std::uint64_t{100'000} * size, rate) + 1)
          << rate << " " << size;
    }
  }
}

// The smallest and the largest of both.
TEST(WirePhysicsTest, TakesExtremeRatesAndSizes) {
  Wire slow{Random(1)};
  EXPECT_EQ(slow.offer(Instant{0}, 65'535, settings_of(1)).arrival.ns,
            std::int64_t{65'535} * 8 * 1'000'000'000 + 1);
  Wire fast{Random(1)};
  const std::uint64_t rate = std::uint64_t{1} << 63;
  EXPECT_EQ(fast.offer(Instant{0}, 65'535, settings_of(rate)).arrival.ns, 2);
  Wire empty{Random(1)};
  EXPECT_EQ(empty.offer(Instant{5}, 0, settings_of(1000)).arrival.ns, 6);
}

// D/D/1: with a gap G and time on the wire S the n-th packet waits n (S - G), or not at all.
TEST(WirePhysicsTest, DelaysRegularArrivalsAsComputed) {
  for (std::int64_t gap : {1'501'000, 1'500'001, 1'500'000, 1'499'999, 1'000'000, 0}) {
    Wire wire{Random(1)};
    LinkSettings settings = settings_of(8'000'000, 10ms);  // 1 us an octet
    settings.queue_packets_max = 2000;
    for (std::int64_t i = 0; i < 1000; ++i) {
      const Instant now{i * gap};
      const std::int64_t waits = std::max<std::int64_t>(0, i * (1'500'000 - gap));
      const Wire::Outcome outcome = wire.offer(now, 1500, settings);
      ASSERT_EQ(outcome.arrival - now, Duration(waits + 1'500'000) + 10ms) << gap << " " << i;
    }
  }
}

// Any arrivals, any sizes: Lindley's recursion W' = max(0, W + S - gap), exactly.
TEST(WirePhysicsTest, FollowsLindleysRecursion) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Random random(seed);
    Wire wire{Random(1)};
    LinkSettings settings = settings_of(8'000'000);
    settings.queue_packets_max = 100'000;
    Instant now{0};
    std::int64_t wait = 0;
    for (int i = 0; i < 100'000; ++i) {
      const auto size = static_cast<std::uint32_t>(40 + random.below(1461));
      ASSERT_EQ((wire.offer(now, size, settings).arrival - now).count(), wait + size * 1000 + 1);
      const auto gap = static_cast<std::int64_t>(random.below(1'600'000));
      wait = std::max<std::int64_t>(0, wait + size * 1000 - gap);
      now = now + Duration(gap);
    }
  }
}

// M/D/1: Poisson arrivals wait rho S / (2 (1 - rho)) in the mean (Pollaczek and Khinchine).
TEST(WirePhysicsTest, QueuesPoissonArrivalsAsTheFormulaSays) {
  for (double load : {0.3, 0.5, 0.8}) {
    Random random(7);
    Wire wire{Random(1)};
    LinkSettings settings = settings_of(8'000'000);
    settings.queue_packets_max = 100'000;
    constexpr double kService = 1'000'000;
    constexpr int kPackets = 400'000;
    double now = 0;
    double waited = 0;
    for (int i = 0; i < kPackets; ++i) {
      const double uniform = (static_cast<double>(random.next() >> 11) + 0.5) / 9007199254740992.0;
      now += -std::log(uniform) * kService / load;
      const Instant at{static_cast<std::int64_t>(now)};
      waited +=
          static_cast<double>((wire.offer(at, 1000, settings).arrival - at).count()) - 1 - kService;
    }
    const double expected = load * kService / (2 * (1 - load));
    EXPECT_NEAR(waited / kPackets, expected, 0.03 * expected) << load;
  }
}

// Drop-tail: one on the wire and as many as the limit behind it; the next is dropped, and takes
// nothing from the others.
TEST(WirePhysicsTest, DropsAtExactlyTheLimit) {
  for (std::uint32_t limit : {0u, 1u, 2u, 10u, 1000u}) {
    Wire wire{Random(1)};
    LinkSettings settings = settings_of(8'000'000);
    settings.queue_packets_max = limit;
    for (std::uint32_t i = 0; i <= limit; ++i) {
      ASSERT_EQ(wire.offer(Instant{0}, 1000, settings).fate, Fate::kArrives) << limit << " " << i;
    }
    EXPECT_EQ(wire.offer(Instant{0}, 1000, settings).fate, Fate::kQueueFull) << limit;
    EXPECT_EQ(wire.offer(Instant{999'999}, 1, settings).fate, Fate::kQueueFull) << limit;
    // The first has left at 1 ms: exactly one place is free.
    const Wire::Outcome next = wire.offer(Instant{1'000'000}, 1000, settings);
    EXPECT_EQ(next.fate, Fate::kArrives) << limit;
    EXPECT_EQ(next.arrival.ns, (std::int64_t{limit} + 2) * 1'000'000 + 1);
    EXPECT_EQ(wire.offer(Instant{1'000'000}, 1000, settings).fate, Fate::kQueueFull) << limit;
  }
}

// A limit that changes counts for what is offered from then on; nobody is thrown out.
TEST(WirePhysicsTest, ASmallerQueueKeepsWhatIsInIt) {
  Wire wire{Random(1)};
  LinkSettings settings = settings_of(8'000'000);
  settings.queue_packets_max = 10;
  for (int i = 0; i < 11; ++i)
    ASSERT_EQ(wire.offer(Instant{0}, 1000, settings).fate, Fate::kArrives);
  settings.queue_packets_max = 2;
  EXPECT_EQ(wire.offer(Instant{8'500'000}, 1000, settings).fate, Fate::kQueueFull) << "3 are left";
  EXPECT_EQ(wire.offer(Instant{9'000'000}, 1000, settings).fate, Fate::kArrives) << "2 are left";
}

// Never and always are exact; between them the binomial distribution rules.
TEST(WirePhysicsTest, LosesWithinTheBinomialInterval) {
  constexpr int kPackets = 200'000;
  for (std::uint32_t per_million :
       {0u, 100u, 1'000u, 10'000u, 30'000u, 500'000u, 999'000u, 1'000'000u}) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      Wire wire{Random(seed)};
      LinkSettings settings = settings_of(0);
      settings.loss_per_million = per_million;
      int lost = 0;
      int pairs = 0;
      bool before = false;
      for (int i = 0; i < kPackets; ++i) {
        const bool is_lost = wire.offer(Instant{i}, 100, settings).fate == Fate::kLost;
        lost += is_lost ? 1 : 0;
        pairs += is_lost && before ? 1 : 0;
        before = is_lost;
      }
      const double p = per_million / 1e6;
      const auto within = [&](int count, double q) {
        const double spread = std::sqrt(kPackets * q * (1 - q));
        // Half a packet for counting in whole ones; few events are skewed.
        return std::abs(count - kPackets * q) <= kSigmas * spread + (spread > 0 ? 2.5 : 0.0);
      };
      EXPECT_TRUE(within(lost, p)) << per_million << " seed " << seed << ": " << lost;
      // Independent of each other: two in a row as often as p^2 says. (Overlapping pairs vary a bit
      // more than independent ones.)
      const double variance = p * p * (1 - p) * (1 + 3 * p);
      EXPECT_LE(std::abs(pairs - kPackets * p * p), kSigmas * std::sqrt(kPackets * variance) + 3)
          << per_million << " seed " << seed << ": " << pairs;
    }
  }
}

// Of those that are not lost; the copy takes no time of the wire.
TEST(WirePhysicsTest, DuplicatesWithinTheBinomialInterval) {
  constexpr int kPackets = 200'000;
  for (std::uint32_t per_million : {0u, 1'000u, 50'000u, 1'000'000u}) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      Wire wire{Random(seed)};
      LinkSettings settings = settings_of(8'000'000'000);
      settings.queue_packets_max = kPackets;
      settings.loss_per_million = 100'000;
      settings.duplicate_per_million = per_million;
      int arrived = 0;
      int doubled = 0;
      for (int i = 0; i < kPackets; ++i) {
        const Wire::Outcome outcome = wire.offer(Instant{0}, 1000, settings);
        if (outcome.fate == Fate::kLost) continue;
        ++arrived;
        ASSERT_EQ(outcome.arrival.ns, std::int64_t{i + 1} * 1000 + 1)
            << "lost ones took their time";
        if (outcome.fate != Fate::kArrivesTwice) continue;
        ++doubled;
        ASSERT_EQ(outcome.second_arrival, outcome.arrival);
      }
      const double p = per_million / 1e6;
      EXPECT_LE(std::abs(doubled - arrived * p), kSigmas * std::sqrt(arrived * p * (1 - p)) + 0.5)
          << per_million << " seed " << seed;
    }
  }
}

std::vector<std::int64_t> delays(std::uint64_t seed, Duration jitter, int count) {
  Wire wire{Random(seed)};
  LinkSettings settings = settings_of(0, 10ms);
  settings.jitter = jitter;
  settings.may_reorder = true;
  std::vector<std::int64_t> found;
  for (int i = 0; i < count; ++i) {
    found.push_back((wire.offer(Instant{i}, 100, settings).arrival - Instant{i} - 10ms).count());
  }
  return found;
}

// Uniform from zero to the jitter, both included: chi-square over 100 bins, and Kolmogorov and
// Smirnov.
TEST(WirePhysicsTest, JitterIsUniform) {
  constexpr int kPackets = 100'000;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    std::vector<std::int64_t> found = delays(seed, Duration(4'999'999), kPackets);
    std::vector<int> bins(100, 0);
    for (std::int64_t delay : found) {
      ASSERT_GE(delay, 0);
      ASSERT_LE(delay, 4'999'999);
      ++bins[static_cast<std::size_t>(delay / 50'000)];
    }
    double chi_square = 0;
    for (int count : bins) chi_square += (count - 1000.0) * (count - 1000.0) / 1000.0;
    EXPECT_LT(chi_square, 160.2) << seed << ": 99.99 % at 99 degrees of freedom";
    EXPECT_GT(chi_square, 53.0) << seed << ": nor too even to be drawn";
    std::sort(found.begin(), found.end());
    double distance = 0;
    for (int i = 0; i < kPackets; ++i) {
      const double expected = static_cast<double>(found[static_cast<std::size_t>(i)] + 1) / 5e6;
      distance = std::max(distance, std::abs(expected - (i + 0.5) / kPackets) + 0.5 / kPackets);
    }
    EXPECT_LT(distance * std::sqrt(kPackets), 2.23) << seed;
  }
}

TEST(WirePhysicsTest, JitterReachesBothItsEnds) {
  std::vector<int> counts(4, 0);
  for (std::int64_t delay : delays(3, Duration(3), 40'000))
    ++counts[static_cast<std::size_t>(delay)];
  for (int count : counts) EXPECT_NEAR(count, 10'000, kSigmas * std::sqrt(40'000 * 0.25 * 0.75));
}

// Unless it may, jitter lets nothing overtake: neither single packets, nor copies, nor after the
// latency has fallen.
TEST(WirePhysicsTest, NothingOvertakesUnlessTold) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    for (std::uint64_t rate : {std::uint64_t{0}, std::uint64_t{100'000'000}}) {
      Wire wire{Random(seed)};
      Random random(seed + 100);
      LinkSettings settings = settings_of(rate, 50ms);
      settings.jitter = 20ms;
      settings.duplicate_per_million = 100'000;
      Instant now{0};
      Instant last;
      for (int i = 0; i < 50'000; ++i) {
        if (i % 1000 == 999)
          settings.latency = Duration(1ms) * static_cast<int>(1 + random.below(100));
        now = now + Duration(static_cast<std::int64_t>(random.below(200'000)));
        const Wire::Outcome outcome = wire.offer(now, 1500, settings);
        if (outcome.fate == Fate::kQueueFull) continue;
        ASSERT_GE(outcome.arrival, last);
        ASSERT_GE(outcome.arrival, now + settings.latency);
        last = outcome.arrival;
        if (outcome.fate != Fate::kArrivesTwice) continue;
        ASSERT_GE(outcome.second_arrival, last);
        last = outcome.second_arrival;
      }
    }
  }
}

// Told so, it does: of two packets one microsecond apart, with jitter of 1 ms, nearly half.
TEST(WirePhysicsTest, OvertakesWhenTold) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Wire wire{Random(seed)};
    LinkSettings settings = settings_of(0, 1ms);
    settings.jitter = 1ms;
    settings.may_reorder = true;
    int overtaken = 0;
    constexpr int kPairs = 50'000;
    for (int i = 0; i < kPairs; ++i) {
      const Instant now{std::int64_t{i} * 10'000'000};
      const Instant first = wire.offer(now, 100, settings).arrival;
      overtaken += wire.offer(now + 1us, 100, settings).arrival < first ? 1 : 0;
    }
    // The second is earlier if its draw is smaller by more than 1 us: (1 - 0.001)^2 / 2.
    EXPECT_NEAR(overtaken, kPairs * 0.499, kSigmas * std::sqrt(kPairs * 0.25)) << seed;
  }
}

// A change of latency or rate counts for what is offered from then on; what is on its way keeps its
// time.
TEST(WirePhysicsTest, ChangesCountForWhatComesAfterThem) {
  Wire wire{Random(1)};
  LinkSettings settings = settings_of(8'000'000, 10ms);
  EXPECT_EQ(wire.offer(Instant{0}, 1000, settings).arrival.ns, 11'000'000);
  EXPECT_EQ(wire.offer(Instant{0}, 1000, settings).arrival.ns, 12'000'000);
  settings.latency = 30ms;
  EXPECT_EQ(wire.offer(Instant{500'000}, 1000, settings).arrival.ns, 33'000'000);
  settings.bits_per_second = 80'000'000;
  EXPECT_EQ(wire.offer(Instant{500'000}, 1000, settings).arrival.ns, 33'100'000)
      << "behind what had been queued at the old rate";
  settings.bits_per_second = 0;
  settings.latency = 1ms;
  settings.may_reorder = true;
  EXPECT_EQ(wire.offer(Instant{600'000}, 1000, settings).arrival.ns, 1'600'000) << "unlimited";
}

}  // namespace
}  // namespace mailcosm::sim
