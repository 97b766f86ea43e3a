#include "sim/population/arrival_process.h"

#include "protocols/base/check.h"
#include "sim/population/burst_process.h"
#include "sim/population/constant_process.h"
#include "sim/population/diurnal_process.h"
#include "sim/population/poisson_process.h"
#include "sim/population/self_exciting_process.h"

namespace mailcosm::sim {

std::unique_ptr<ArrivalProcess> make_arrivals(const ArrivalModel& model, std::uint64_t count,
                                              WallTime start) {
  CHECK(count > 0 && model.during > Duration{});
  switch (model.kind) {
    case ArrivalKind::kPoisson:
      return std::make_unique<PoissonProcess>(count, model.during);
    case ArrivalKind::kConstant:
      return std::make_unique<ConstantProcess>(count, model.during);
    case ArrivalKind::kDiurnal:
      return std::make_unique<DiurnalProcess>(model, count, start);
    case ArrivalKind::kBursts:
      return std::make_unique<BurstProcess>(model, count);
    case ArrivalKind::kSelfExciting:
      return std::make_unique<SelfExcitingProcess>(model, count);
  }
  CHECK(false);
  return nullptr;
}

}  // namespace mailcosm::sim
