// Reads what is spelled out about the network: routers, links and zones.
#pragma once

#include <set>
#include <string>

#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"

namespace mailcosm::sim::scenario {

void read_routers(const Fields& scenario, Draft& draft);
void read_links(const Fields& scenario, Draft& draft);
void read_zones(const Fields& scenario, Draft& draft);
// Names of all machines that a link of the text has at one of its ends.
std::set<std::string> linked_machines(const Fields& scenario);

}  // namespace mailcosm::sim::scenario
