// NetworkSettings: what holds for all hosts of a virtual network.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"
#include "sim/net/tcp_settings.h"

namespace mailcosm::sim {

struct NetworkSettings {
  std::uint64_t seed = 1;
  // Wall time at the start of the run: 2026-01-05 09:00:00 UTC.
  WallTime epoch{std::int64_t{1'767'603'600} * 1'000'000'000};
  TcpSettings tcp;
};

}  // namespace mailcosm::sim
