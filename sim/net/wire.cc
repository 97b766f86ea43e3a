#include "sim/net/wire.h"

#include <algorithm>

namespace mailcosm::sim {
namespace {

__extension__ using Uint128 = unsigned __int128;
constexpr std::uint64_t kBitNanoseconds = std::uint64_t{8} * 1'000'000'000;
constexpr std::uint32_t kMillion = 1'000'000;

}  // namespace

Instant Wire::departure(Instant now, std::uint32_t octets, const LinkSettings& settings) {
  const std::uint64_t rate = settings.bits_per_second;
  if (busy_until_ < now || fraction_base_ != rate) {
    busy_until_ = std::max(busy_until_, now);
    busy_fraction_ = 0;
    fraction_base_ = rate;
  }
  std::uint64_t ns = 0;
  if (octets < 1u << 20 && rate < std::uint64_t{1} << 62) {
    const std::uint64_t work = octets * kBitNanoseconds + busy_fraction_;
    ns = work / rate;
    busy_fraction_ = work % rate;
  } else {
    const Uint128 work = static_cast<Uint128>(octets) * kBitNanoseconds + busy_fraction_;
    ns = static_cast<std::uint64_t>(work / rate);
    busy_fraction_ = static_cast<std::uint64_t>(work % rate);
  }
  busy_until_ = busy_until_ + Duration(static_cast<std::int64_t>(ns));
  return last_departure();
}

Instant Wire::arrival(Instant departed, const LinkSettings& settings) {
  Instant arrival = departed + settings.latency;
  if (settings.jitter > Duration(0)) {
    const auto span = static_cast<std::uint64_t>(settings.jitter.count()) + 1;
    arrival = arrival + Duration(static_cast<std::int64_t>(random_.below(span)));
  }
  if (!settings.may_reorder) arrival = std::max(arrival, last_arrival_);
  last_arrival_ = std::max(arrival, last_arrival_);
  return arrival;
}

Wire::Outcome Wire::offer(Instant now, std::uint32_t octets, const LinkSettings& settings) {
  if (!settings.up) return {Fate::kDown, {}, {}};
  Instant departed = now;
  if (settings.bits_per_second != 0) {
    const Instant last = last_departure();
    if (last <= now) {
      departures_.clear();
    } else {
      while (!departures_.empty() && departures_.front() <= now) departures_.pop_front();
      if (departures_.size() >= settings.queue_packets_max) return {Fate::kQueueFull, {}, {}};
      departures_.push_back(last);
    }
    departed = departure(now, octets, settings);
  }
  // A packet that is lost has been on the wire and has taken its time there.
  if (settings.loss_per_million != 0 && random_.chance(settings.loss_per_million, kMillion)) {
    return {Fate::kLost, {}, {}};
  }
  Outcome outcome{Fate::kArrives, arrival(departed, settings), {}};
  if (settings.duplicate_per_million != 0 &&
      random_.chance(settings.duplicate_per_million, kMillion)) {
    outcome.fate = Fate::kArrivesTwice;
    outcome.second_arrival = arrival(departed, settings);
  }
  return outcome;
}

void Wire::cut() {
  departures_.release();
  busy_until_ = last_arrival_ = Instant{};
  busy_fraction_ = 0;
}

}  // namespace mailcosm::sim
