// SPDX-License-Identifier: GPL-2.0-only
// A peer for `mailcosm bench engine`: the hold model on the event engine of ns-3. No part of
// Mailcosm: bench/compare.py compiles it where ns-3 is installed, against whose licence (GPL 2) it
// is written, and runs it as a program of its own.
//
//   ns3_hold SCHEDULER PENDING EVENTS     Map (the default of ns-3) or PriorityQueue (its fastest)
//
// Prints nanoseconds for each event, dispatch included. Delays are exponential, mean 1 s.
#include <ns3/core-module.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

// The quantiles of the distribution, drawn by a generator that costs next to nothing.
class Delays {
 public:
  Delays() {
    for (std::size_t i = 0; i < table_.size(); ++i)
      table_[i] = static_cast<std::int64_t>(
          -std::log(1 - (static_cast<double>(i) + 0.25) / static_cast<double>(table_.size())) *
          1e9);
  }
  std::int64_t next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return 1 + table_[state_ >> 50] + static_cast<std::int64_t>(state_ >> 40 & 1023);
  }

 private:
  std::vector<std::int64_t> table_ = std::vector<std::int64_t>(1 << 14);
  std::uint64_t state_ = 1;
};

struct Run {
  Delays delays;
  std::uint64_t warming = 0;
  std::uint64_t left = 0;
  Clock::time_point started;
};

class Agent {
 public:
  explicit Agent(Run& run) : run_(&run) {}
  void send() {
    ns3::Simulator::Schedule(ns3::NanoSeconds(run_->delays.next()), &Agent::handle, this);
  }

 private:
  void handle() {
    seen_ += static_cast<std::uint64_t>(ns3::Simulator::Now().GetNanoSeconds());
    if (run_->warming != 0) {
      if (--run_->warming == 0) run_->started = Clock::now();
    } else if (--run_->left == 0) {
      ns3::Simulator::Stop();
    }
    send();
  }

  Run* run_;
  std::uint64_t seen_ = 0;
};

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  ns3::ObjectFactory factory;
  factory.SetTypeId("ns3::" + std::string(words[1]) + "Scheduler");
  ns3::Simulator::SetScheduler(factory);
  Run run;
  const std::uint64_t pending = std::strtoull(words[2], nullptr, 10);
  run.left = std::strtoull(words[3], nullptr, 10);
  const auto events = static_cast<double>(run.left);
  run.warming = pending;
  std::vector<Agent> agents(pending, Agent(run));
  for (Agent& agent : agents) agent.send();
  ns3::Simulator::Run();
  const std::chrono::duration<double, std::nano> elapsed = Clock::now() - run.started;
  std::printf("%.1f\n", elapsed.count() / events);
  std::fflush(stdout);
  std::quick_exit(0);  // Destroying a million pending events is nobody's figure.
}
