// Wire: the moving state of one direction of a link: what is on it and what waits for it.
//
// Needs no event of its own: when a packet is offered, its time of arrival is computed. Time on the
// wire is exact: the part of a nanosecond that a packet ends at is carried to the next, so that a
// saturated link delivers its rate.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"
#include "protocols/base/random.h"
#include "sim/net/ring.h"
#include "sim/topology/link_settings.h"

namespace mailcosm::sim {

class Wire {
 public:
  explicit Wire(const Random& random) : random_(random) {}

  enum class Fate : std::uint8_t { kArrives, kArrivesTwice, kLost, kQueueFull, kDown };
  struct Outcome {
    Fate fate = Fate::kArrives;
    Instant arrival;
    Instant second_arrival;  // kArrivesTwice only
  };
  Outcome offer(Instant now, std::uint32_t octets, const LinkSettings& settings);

  // The link goes down: what is on it or waits for it will not arrive, and it is free again.
  void cut();
  // Differs if something else, or more, was drawn for what passed here.
  std::uint64_t random_digest() const { return Random(random_).next(); }

 private:
  // The last bit is out when the last begun nanosecond is over.
  Instant last_departure() const {
    return busy_fraction_ == 0 ? busy_until_ : busy_until_ + Duration(1);
  }
  Instant departure(Instant now, std::uint32_t octets, const LinkSettings& settings);
  Instant arrival(Instant departed, const LinkSettings& settings);

  // All together a cache line, which a packet finds in no cache where there are thousands of hosts.
  Instant busy_until_;
  std::uint64_t busy_fraction_ =
      0;  // beyond busy_until_, in parts of a nanosecond of which there are `bits_per_second`
  std::uint64_t fraction_base_ = 0;  // the rate that busy_fraction_ belongs to
  Instant last_arrival_;
  // Of packets that wait or are being sent, but for the last: where there is no more than one, as
  // mostly, nothing outside of this line is touched.
  Ring<Instant, 1> departures_;
  Random random_;
};
static_assert(sizeof(Wire) == 64);

}  // namespace mailcosm::sim
