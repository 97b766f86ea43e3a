#include "sim/parallel/crew.h"

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

// About a tenth of a millisecond, some windows of a busy world. Waking a thread takes as long.
constexpr int kLooks = 8000;

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
    : looks_(threads <= std::thread::hardware_concurrency() ? kLooks : 0),
      helpers_(threads > 0 ? threads - 1 : 0) {
  CHECK(threads > 0);
  for (std::size_t i = 0; i < helpers_.size(); ++i) {
    Helper& helper = helpers_[i];
    helper.thread = std::jthread([this, &helper, i] { help(helper, i + 1); });
  }
}

Crew::~Crew() {
  done_ = true;
  for (Helper& helper : helpers_) {
    helper.jobs.fetch_add(1);
    helper.jobs.notify_one();
  }
}

void Crew::run(const Job& job, std::size_t hands) {
  CHECK(0 < hands && hands <= threads());
  job_ = &job;
  busy_.store(static_cast<std::uint32_t>(hands - 1));
  for (std::size_t i = 0; i + 1 < hands; ++i) {
    helpers_[i].jobs.fetch_add(1);
    helpers_[i].jobs.notify_one();
  }
  job(0);
  while (const std::uint32_t busy = busy_.load()) wait(busy_, busy);
}

void Crew::help(Helper& helper, std::size_t number) {
  for (std::uint32_t seen = 0;; ++seen) {
    wait(helper.jobs, seen);
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
