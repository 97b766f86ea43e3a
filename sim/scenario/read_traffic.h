// Reads what large numbers of users do: of a population, and spelled out.
#pragma once

#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/traffic.h"

namespace mailcosm::sim::scenario {

// `fields` is a population's mails, or those of the traffic.
TrafficMails read_traffic_mails(const Fields& fields, Reporter& reporter);
TrafficReaders read_traffic_readers(const Fields& fields, Reporter& reporter);

// The key 'traffic'. Reports one that stands beside a population.
void read_traffic(const Fields& scenario, Draft& draft);

}  // namespace mailcosm::sim::scenario
