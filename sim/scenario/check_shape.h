// check_shape: does a tree have the form that the definition table demands? Keys, types, units, no
// meaning.
#pragma once

#include "sim/scenario/keys.h"
#include "sim/scenario/node.h"
#include "sim/scenario/reporter.h"

namespace mailcosm::sim::scenario {

// Reports unknown, misplaced and missing keys, wrong types, units and values. If nothing was
// reported, Fields may read the tree without further checks.
void check_shape(const Node& root, const Shape& shape, Reporter& reporter);

// What YAML readers would take a word without quotes for: "a number", "true or false", "nothing",
// "a date"; empty if all agree that it is a text.
std::string_view other_reading_of(std::string_view plain);

}  // namespace mailcosm::sim::scenario
