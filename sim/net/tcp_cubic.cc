#include "sim/net/tcp_cubic.h"

#include <algorithm>

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// While the window stays the same the curve is looked at no more often than by the Linux kernel:
// after more than a 32nd of a second, in its ticks of 4 ms.
constexpr Duration kJudgedEvery = 32ms;
constexpr std::uint32_t kHystartWindowMin = 16;
constexpr std::uint32_t kHystartSamples = 8;
constexpr Duration kHystartTrainGap = 2ms;
constexpr Duration kHystartDelayMin = 4ms;
constexpr Duration kHystartDelayMax = 16ms;

// The integer cube root, by bisection of bits.
std::uint64_t cube_root(std::uint64_t x) {
  std::uint64_t root = 0;
  for (int bit = 20; bit >= 0; --bit) {
    const std::uint64_t larger = root | std::uint64_t{1} << bit;
    if (larger * larger * larger <= x) root = larger;
  }
  return root;
}

std::uint32_t milliseconds(Duration duration) {
  return static_cast<std::uint32_t>(duration / std::chrono::milliseconds(1));
}

}  // namespace

void TcpCubic::reset() {
  const Duration shortest = shortest_;
  *this = TcpCubic();
  shortest_ = shortest;
}

void TcpCubic::on_idle(Duration idle) {
  if (!epoch_.is_never() && idle > Duration(0)) epoch_ = epoch_ + idle;
}

std::uint32_t TcpCubic::threshold(std::uint32_t window) {
  epoch_ = Instant::never();
  judged_window_ = 0;
  reno_.restart();
  // Fast convergence: a flow that had to yield before it reached its old maximum leaves room for
  // others.
  window_max_ = window < window_max_ ? window * 17 / 20 : window;
  return std::max(window * 7 / 10, 2u);
}

void TcpCubic::begin_epoch(std::uint32_t window, std::uint32_t acknowledged, Instant now) {
  epoch_ = now;
  reno_window_ = window;
  reno_credit_ = acknowledged;
  if (window_max_ <= window) {
    inflection_ms_ = 0;
    origin_ = window;
    return;
  }
  // K = cbrt((W_max - cwnd) / C) seconds with C = 0.4, in milliseconds.
  const std::uint64_t gap = std::min<std::uint64_t>(window_max_ - window, 3'000'000'000);
  inflection_ms_ = static_cast<std::uint32_t>(cube_root(gap * 2'500'000'000));
  origin_ = window_max_;
}

// W_cubic(t + RTT) = C (t - K)^3 + W_max.
std::uint32_t TcpCubic::target(Instant now) const {
  const std::uint64_t t =
      std::min<std::uint64_t>(milliseconds(now - epoch_ + shortest_), 1'000'000);
  const std::uint64_t inflection = inflection_ms_;
  const std::uint64_t distance =
      std::min<std::uint64_t>(t < inflection ? inflection - t : t - inflection, 1'000'000);
  const std::uint64_t change = distance * distance * distance / 10 * 4 / 1'000'000'000;
  if (t >= inflection)
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(origin_ + change, 0x7fffffff));
  return origin_ > change ? static_cast<std::uint32_t>(origin_ - change) : 0;
}

std::uint32_t TcpCubic::grow(std::uint32_t window, std::uint32_t acknowledged, Instant now) {
  reno_credit_ += acknowledged;
  if (window != judged_window_ || now - judged_at_ >= kJudgedEvery) {
    if (epoch_.is_never()) begin_epoch(window, acknowledged, now);
    per_ = segments_per_step(window, now);
    judged_window_ = window;
    judged_at_ = now;
  }
  return reno_.grow(window, acknowledged, per_);
}

// How many segments must be acknowledged before the window grows by one.
std::uint32_t TcpCubic::segments_per_step(std::uint32_t window, Instant now) {
  const std::uint32_t goal = target(now);
  std::uint32_t per = goal > window ? window / (goal - window) : 100 * window;
  // Without a loss so far the curve is flat for long: grow at least 5 % a round trip.
  if (window_max_ == 0) per = std::min(per, 20u);
  // The Reno-friendly region (section 4.3): alpha = 3 (1 - beta) / (1 + beta), or about 8 / 15
  // segments a round trip.
  const std::uint32_t per_reno = std::max(window * 15 / 8, 1u);
  if (reno_credit_ > per_reno) {
    const std::uint32_t steps = (reno_credit_ - 1) / per_reno;
    reno_window_ += steps;
    reno_credit_ -= steps * per_reno;
  }
  if (reno_window_ > window) per = std::min(per, window / (reno_window_ - window));
  return std::max(per, 2u);
}

void TcpCubic::on_round_trip(Duration round_trip) {
  if (shortest_ == Duration(0) || round_trip < shortest_)
    shortest_ = std::max(round_trip, Duration(1));
}

bool TcpCubic::ends_slow_start(std::uint32_t window, Duration round_trip, Sequence acknowledged,
                               Sequence next, Instant now) {
  if (!has_round_ || after(acknowledged, round_end_)) {
    has_round_ = true;
    round_end_ = next;
    round_start_ = last_ack_ = now;
    round_shortest_ = Duration(0);
    round_samples_ = 0;
  }
  bool found = false;
  if (now - last_ack_ <= kHystartTrainGap) {
    last_ack_ = now;
    found = now - round_start_ > shortest_ / 2;
  }
  if (round_samples_ == 0 || round_trip < round_shortest_) round_shortest_ = round_trip;
  if (round_samples_ < kHystartSamples) {
    ++round_samples_;
  } else if (round_shortest_ >
             shortest_ + std::clamp<Duration>(shortest_ / 8, kHystartDelayMin, kHystartDelayMax)) {
    found = true;
  }
  return found && window >= kHystartWindowMin;
}

}  // namespace mailcosm::sim
