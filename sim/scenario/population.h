// Population: the shorthand for many domains at few providers. Each provider becomes an
// organisation that hosts a run of domains; the domains' zones name the provider's servers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/organisation.h"

namespace mailcosm::sim::scenario {

// Appends an organisation for each provider, and puts users, mails and sources into the draft's
// traffic. Does nothing if there is no population.
void read_population(const Fields& scenario, std::vector<Organisation>& organisations,
                     Draft& draft);

// The zones of all hosted domains that the text does not spell out itself. Before
// add_name_service().
void add_hosted_zones(const std::vector<Organisation>& organisations, Draft& draft);

}  // namespace mailcosm::sim::scenario
