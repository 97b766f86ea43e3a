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
  // Whether there are more than the machine can run at the same time: then each sleeps at once.
  bool is_crowded() const { return looks_ == 0; }
  // Calls job(i) once for each i below `hands`, each on a thread of its own, and returns when all
  // have returned; the other threads sleep on. What the owner did before is visible to the job, and
  // what the job did to the owner afterwards. The job must not throw. REQUIRES: 1 <= hands <=
  // threads().
  using Job = std::function<void(std::size_t)>;
  void run(const Job& job, std::size_t hands);

 private:
  // On cache lines of their own: who looks at one of them slows nobody else down.
  struct alignas(64) Helper {
    std::atomic<std::uint32_t> jobs = 0;  // handed out to it so far
    std::jthread thread;                  // goes before what it looks at
  };
  void help(Helper& helper, std::size_t number);
  // Returns when `word` is no longer `value`.
  void wait(const std::atomic<std::uint32_t>& word, std::uint32_t value) const;

  int looks_;  // before a thread sleeps
  const Job* job_ = nullptr;
  alignas(64) std::atomic<std::uint32_t> busy_ = 0;  // helpers
  std::atomic<bool> done_ = false;
  std::vector<Helper> helpers_;
};

}  // namespace mailcosm::sim
