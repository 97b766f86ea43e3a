#include "sim/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace mailcosm::cli {

using Clock = std::chrono::steady_clock;

Progress::Progress(bool enabled)
    : enabled_(enabled && isatty(STDERR_FILENO) == 1),
      started_(Clock::now()),
      next_(started_ + std::chrono::seconds(1)) {}

Progress::~Progress() { clear(); }

bool Progress::is_due() const { return enabled_ && Clock::now() >= next_; }

void Progress::show(Instant now, std::uint64_t events) {
  if (!is_due()) return;
  show(fmt::format("virtual time {} s, {} events", now.ns / 1'000'000'000, events));
}

void Progress::show(const std::string& text) {
  if (!is_due()) return;
  const Clock::time_point time = Clock::now();
  next_ = time + std::chrono::seconds(1);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time - started_).count();
  const std::string line = fmt::format("\r\x1b[K{} s: {}", seconds, text);
  std::fwrite(line.data(), 1, line.size(), stderr);
  shown_ = true;
}

void Progress::clear() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

}  // namespace mailcosm::cli
