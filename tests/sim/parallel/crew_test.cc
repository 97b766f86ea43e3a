#include "sim/parallel/crew.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace mailcosm::sim {
namespace {

TEST(CrewTest, EachMemberDoesItsShareOfEachJobOnAThreadOfItsOwn) {
  for (const std::size_t threads : {1u, 2u, 3u, 16u}) {
    Crew crew(threads);
    EXPECT_EQ(crew.threads(), threads);
    std::vector<std::thread::id> ids(threads);
    crew.run([&](std::size_t i) { ids[i] = std::this_thread::get_id(); }, threads);
    EXPECT_EQ(ids[0], std::this_thread::get_id());
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), threads);
    const std::vector<std::thread::id> first = ids;
    crew.run([&](std::size_t i) { ids[i] = std::this_thread::get_id(); }, threads);
    EXPECT_EQ(ids, first);
  }
}

TEST(CrewTest, CallsAsManyHandsAsItIsTold) {
  constexpr std::size_t kThreads = 4;
  Crew crew(kThreads);
  std::vector<std::uint64_t> calls(kThreads, 0);
  for (std::size_t round = 0; round < 400; ++round)
    crew.run([&](std::size_t i) { ++calls[i]; }, 1 + round % kThreads);
  EXPECT_EQ(calls, (std::vector<std::uint64_t>{400, 300, 200, 100}));
}

// Each job reads what another thread wrote in the job before, and what the owner wrote in between.
TEST(CrewTest, WhatOneJobWroteTheNextReads) {
  constexpr std::size_t kThreads = 4;
  Crew crew(kThreads);
  std::vector<std::uint64_t> values(kThreads, 0), next(kThreads, 0);
  std::uint64_t added = 0;
  for (std::uint64_t round = 0; round < 20'000; ++round) {
    added = round;
    crew.run([&](std::size_t i) { next[i] = values[(i + 1) % kThreads] + added; }, kThreads);
    values.swap(next);
  }
  for (const std::uint64_t value : values) EXPECT_EQ(value, 20'000u * 19'999u / 2);
}

// Long enough for all to have gone to sleep in between.
TEST(CrewTest, WakesWhoSleeps) {
  Crew crew(2);
  int rounds = 0;
  for (int round = 0; round < 5; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    crew.run(
        [&](std::size_t i) {
          if (i == 1) ++rounds;
        },
        2);
  }
  EXPECT_EQ(rounds, 5);
}

}  // namespace
}  // namespace mailcosm::sim
