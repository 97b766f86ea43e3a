// The canary: nondeterminism planted on purpose, to prove that --verify catches it.
#pragma once

#include "sim/trace/recorder.h"

namespace mailcosm::sim {

// Writes the time of the machine's own clock into the trace. Only scenarios with `canary: real
// clock` do this.
void sing_canary(Recorder& recorder);

}  // namespace mailcosm::sim
