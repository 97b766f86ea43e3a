#include "sim/runner/scheduler.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "protocols/base/check.h"
#include "protocols/base/check_failure.h"

namespace mailcosm::sim::runner {
namespace {

using std::chrono::milliseconds;

CaseResult numbered(std::size_t index) {
  CaseResult result;
  result.verdict = Verdict::kPassed;
  result.file = std::to_string(index);
  return result;
}

std::vector<std::string> all_of(Scheduler& scheduler) {
  std::vector<std::string> files;
  while (!scheduler.done()) {
    if (auto result = scheduler.next(milliseconds(10))) files.push_back(result->file);
  }
  return files;
}

TEST(SchedulerTest, GivesResultsInOrderWhateverFinishesFirst) {
  for (unsigned jobs : {0u, 1u, 2u, 7u, 100u}) {
    Scheduler scheduler(20, jobs, [](std::size_t index) {
      std::this_thread::sleep_for(milliseconds((20 - index) % 4));
      return numbered(index);
    });
    const auto files = all_of(scheduler);
    ASSERT_EQ(files.size(), 20u) << jobs;
    for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(files[i], std::to_string(i));
    EXPECT_EQ(scheduler.finished(), 20u);
  }
}

TEST(SchedulerTest, NothingToDoIsDone) {
  Scheduler scheduler(0, 4, numbered);
  EXPECT_TRUE(scheduler.done());
  EXPECT_FALSE(scheduler.next(milliseconds(0)).has_value());
}

TEST(SchedulerTest, AfterStopNothingBegins) {
  std::atomic<std::size_t> begun = 0;
  Scheduler scheduler(1'000, 2, [&](std::size_t index) {
    ++begun;
    std::this_thread::sleep_for(milliseconds(1));
    return numbered(index);
  });
  while (!scheduler.next(milliseconds(10))) {
  }
  scheduler.stop();
  const auto files = all_of(scheduler);
  EXPECT_EQ(files.size() + 1, begun);
  EXPECT_LT(begun, 1'000u);
}

TEST(SchedulerTest, ResultsBehindAGapComeAfterStop) {
  std::atomic<bool> stop = false;
  Scheduler scheduler(3, 2, [&](std::size_t index) {
    while (index == 0 && !stop) std::this_thread::sleep_for(milliseconds(1));
    return numbered(index);
  });
  while (scheduler.finished() < 2) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_FALSE(scheduler.next(milliseconds(0)).has_value());
  scheduler.stop();
  stop = true;
  EXPECT_EQ(all_of(scheduler), (std::vector<std::string>{"0", "1", "2"}));
}

TEST(SchedulerTest, WhatIsThrownIsAnInternalErrorOfItsCase) {
  Scheduler scheduler(3, 2, [](std::size_t index) {
    if (index == 1) throw std::runtime_error("no memory");
    return numbered(index);
  });
  std::vector<Verdict> verdicts;
  std::string problem;
  while (!scheduler.done()) {
    const auto result = scheduler.next(milliseconds(10));
    if (!result) continue;
    verdicts.push_back(result->verdict);
    problem += result->problem;
  }
  EXPECT_EQ(verdicts, (std::vector{Verdict::kPassed, Verdict::kInternalError, Verdict::kPassed}));
  EXPECT_EQ(problem, "no memory");
}

void abandon_with_condition() {
  CaseResult result;
  result.verdict = Verdict::kInternalError;
  result.problem = current_check_failure().condition;
  Scheduler::abandon(std::move(result));
}

TEST(SchedulerTest, AFailedCheckTakesNothingElseAlong) {
  set_check_reporter(abandon_with_condition);
  for (unsigned jobs : {1u, 2u, 4u}) {
    std::size_t passed = 0;
    std::vector<std::string> problems;
    {
      Scheduler scheduler(12, jobs, [](std::size_t index) {
        CHECK(index % 4 != 1);
        return numbered(index);
      });
      while (!scheduler.done()) {
        const auto result = scheduler.next(milliseconds(10));
        if (!result) continue;
        if (result->passed()) ++passed;
        if (!result->problem.empty()) problems.push_back(result->problem);
      }
    }
    EXPECT_EQ(passed, 9u) << jobs;
    EXPECT_EQ(problems, std::vector<std::string>(3, "index % 4 != 1")) << jobs;
  }
  set_check_reporter(nullptr);
}

TEST(SchedulerDeathTest, OutsideOfASchedulerACheckStillAborts) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  set_check_reporter(abandon_with_condition);
  EXPECT_DEATH(CHECK(1 + 1 == 3), "CHECK.1 . 1 == 3. failed");
  set_check_reporter(nullptr);
}

}  // namespace
}  // namespace mailcosm::sim::runner
