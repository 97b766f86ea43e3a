#include "sim/parallel/crew.h"

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

// Some tens of microseconds: longer than a window of a busy world.
constexpr int kLooks = 3000;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

Crew::Crew(std::size_t threads)
    // Who looks instead of sleeping must not keep another from working.
    : looks_(threads <= std::thread::hardware_concurrency() ? kLooks : 0) {
  CHECK(threads > 0);
  for (std::size_t i = 1; i < threads; ++i) helpers_.emplace_back([this, i] { help(i); });
}

Crew::~Crew() {
  done_ = true;
  jobs_.fetch_add(1);
  jobs_.notify_all();
}

void Crew::run(const Job& job) {
  job_ = &job;
  busy_.store(static_cast<std::uint32_t>(helpers_.size()));
  jobs_.fetch_add(1);
  jobs_.notify_all();
  job(0);
  while (const std::uint32_t busy = busy_.load()) wait(busy_, busy);
}

void Crew::help(std::size_t number) {
  for (std::uint32_t seen = 0;; ++seen) {
    wait(jobs_, seen);
    if (done_) return;
    (*job_)(number);
    if (busy_.fetch_sub(1) == 1) busy_.notify_one();
  }
}

void Crew::wait(const std::atomic<std::uint32_t>& word, std::uint32_t value) const {
  for (int look = 0; look < looks_; ++look) {
    if (word.load() != value) return;
    pause();
  }
  word.wait(value);
}

}  // namespace mailcosm::sim
