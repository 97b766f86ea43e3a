// Runs a scenario for tests of its golden.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/golden/golden.h"
#include "sim/scenario/parse.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim {

// The golden of scenarios/first/alice_to_bob.yaml with changes. A scenario that is invalid fails
// the test.
Golden golden_of_alice_to_bob(const std::vector<scenario::Override>& changes = {},
                              Layer depth = Layer::kProtocol);
// Of a scenario given as text.
Golden golden_of(std::string_view scenario, const std::vector<scenario::Override>& changes = {},
                 Layer depth = Layer::kProtocol);

}  // namespace mailcosm::sim
