#include "sim/world/canary.h"

#include <chrono>
#include <string>

namespace mailcosm::sim {

void sing_canary(Recorder& recorder) {
  const auto ticks = std::chrono::steady_clock::now().time_since_epoch().count();
  recorder.emit(kWorld, Kind::kNote, {}, {}, {"the machine's clock says " + std::to_string(ticks)});
}

}  // namespace mailcosm::sim
