// The name service of the shorthands: zones of organisations, top-level domains and the root, with
// all delegations.
#pragma once

#include <vector>

#include "sim/scenario/address_plan.h"
#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/organisation.h"

namespace mailcosm::sim::scenario {

// The root and top-level name servers, their links, and all zones that the text does not spell out
// itself (a zone that it spells out replaces the one a shorthand would make). Delegations and glue
// go into generated parents only. REQUIRES: all hosts but the root's and the top-level ones are in
// the draft, and the zones that are spelled out.
void add_name_service(const Fields& internet, const std::vector<Organisation>& organisations,
                      AddressPlan& plan, Draft& draft);
// The resolver of each organisation; after add_name_service.
void add_resolvers(const std::vector<Organisation>& organisations, Draft& draft);
// A DnsServer for each host that a zone names.
void add_dns_servers(Draft& draft);

}  // namespace mailcosm::sim::scenario
