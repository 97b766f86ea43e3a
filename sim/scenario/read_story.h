// Reads the story. Users, devices and hosts are looked up; what is not given is chosen.
#pragma once

#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/people.h"

namespace mailcosm::sim::scenario {

// REQUIRES: all machines and programs are in the draft, and `until` is set.
void read_story(const Fields& scenario, const People& people, Draft& draft);

}  // namespace mailcosm::sim::scenario
