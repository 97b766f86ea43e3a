// ArrivalProcess: when mails are written.
//
// A process has a mean rate of `count` arrivals in `during`. It goes on for as long as it is asked;
// who wants `count` arrivals stops then, which is at about the end of `during`.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "protocols/base/instant.h"
#include "protocols/base/random.h"

namespace mailcosm::sim {

enum class ArrivalKind : std::uint8_t {
  kPoisson,       // independent of each other
  kConstant,      // at equal distances
  kDiurnal,       // Poisson with a rate for each hour of the day
  kBursts,        // Poisson with two rates that alternate: an MMPP of two states
  kSelfExciting,  // each arrival makes further ones more likely for a while: a Hawkes process
};

struct ArrivalModel {
  ArrivalKind kind = ArrivalKind::kPoisson;
  Duration during{};  // more than 0, at most 100 days
  // kDiurnal: weights of the hours from midnight UTC, at most 1,000 each and not all 0.
  std::array<std::uint32_t, 24> profile{};
  // kBursts
  std::uint32_t burst_factor = 1;  // rate in a burst, as a multiple of the rate between; to 1,000
  Duration burst_length{};         // mean; more than 0
  Duration burst_pause{};          // mean; more than 0
  // kSelfExciting
  std::int64_t branching = 0;  // millionths: arrivals that one causes directly, less than 1
  Duration memory{};           // after this the excitement has fallen to 1/e; more than 0
};

class ArrivalProcess {
 public:
  virtual ~ArrivalProcess() = default;
  // Time from the arrival before (at first: from the start) to the next one.
  virtual Duration next(Random& random) = 0;
};

// `start` is the time of day at which it begins. REQUIRES: count > 0.
std::unique_ptr<ArrivalProcess> make_arrivals(const ArrivalModel& model, std::uint64_t count,
                                              WallTime start);

}  // namespace mailcosm::sim
