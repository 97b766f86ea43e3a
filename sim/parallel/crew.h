// Crew: threads that do one job together, again and again, with little time in between.
//
// Between two jobs a thread looks for the next one for some microseconds, then sleeps. The thread
// that owns the crew does its share of each job.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace mailcosm::sim {

class Crew {
 public:
  // How many there are, the owner among them. REQUIRES: at least one.
  explicit Crew(std::size_t threads);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  std::size_t threads() const { return helpers_.size() + 1; }
  // Calls job(i) once for each i below threads(), each on a thread of its own, and returns when all
  // have returned. What the owner did before is visible to the job, and what the job did to the
  // owner afterwards. The job must not throw.
  using Job = std::function<void(std::size_t)>;
  void run(const Job& job);

 private:
  void help(std::size_t number);
  // Returns when `word` is no longer `value`.
  void wait(const std::atomic<std::uint32_t>& word, std::uint32_t value) const;

  int looks_;  // before a thread sleeps
  const Job* job_ = nullptr;
  alignas(64) std::atomic<std::uint32_t> jobs_ = 0;  // handed out so far
  alignas(64) std::atomic<std::uint32_t> busy_ = 0;  // helpers
  std::atomic<bool> done_ = false;
  std::vector<std::jthread> helpers_;
};

}  // namespace mailcosm::sim
