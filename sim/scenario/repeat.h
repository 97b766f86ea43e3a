// Repetition: names with a range of numbers stand for one of each.
//
// "user{1..20}@d{1..50}.com" is a thousand addresses. Ranges count where the table of keys says so
// (Key::repeats): in the names of a mapping, whose values are copied, and in the elements of a
// list. `{01..20}` keeps the width of its first number.
#pragma once

#include "sim/scenario/keys.h"
#include "sim/scenario/node.h"
#include "sim/scenario/reporter.h"

namespace mailcosm::sim::scenario {

// Replaces names with ranges in the whole tree below `root`, whose form is that of `shape`. Nodes
// of another form are left as they are; check_shape reports them. Of several ranges in one name the
// first runs fastest, so that addresses come domain by domain. Reports a range that runs backwards,
// and more than kRepeatedMax names.
void repeat_names(Node& root, const Shape& shape, Reporter& reporter);

}  // namespace mailcosm::sim::scenario
