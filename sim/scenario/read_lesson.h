// Reads the lesson.
#pragma once

#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/people.h"

namespace mailcosm::sim::scenario {

// REQUIRES: all machines and programs are in the draft.
void read_lesson(const Fields& scenario, const People& people, Draft& draft);

}  // namespace mailcosm::sim::scenario
