// From the plain data of a scenario to agents: one function for each kind of agent, each in a file
// of its own.
#pragma once

#include <map>
#include <memory>
#include <string_view>

#include "sim/agents/common/interference.h"
#include "sim/agents/dns/query_interference.h"
#include "sim/host/runtime.h"
#include "sim/scenario/model.h"
#include "sim/world/make_traffic.h"

namespace mailcosm::sim {

// By origin; the first of several. The scenario must outlive it.
using ZoneIndex = std::map<std::string_view, const scenario::Zone*>;
ZoneIndex index_zones(const scenario::Scenario& scenario);

// Interferers may be null, or must outlive the agent. The zones and the model must, too.
std::unique_ptr<Agent> make_dns_server(Runtime& runtime, const ZoneIndex& zones,
                                       const scenario::DnsServer& model,
                                       QueryInterferer* interferer);
std::unique_ptr<Agent> make_resolver(Runtime& runtime, const scenario::Resolver& model,
                                     QueryInterferer* interferer);
std::unique_ptr<Agent> make_mta(Runtime& runtime, const scenario::Host& host,
                                const scenario::Mta& model, const TrafficTables& traffic,
                                Interferer* interferer);
std::unique_ptr<Agent> make_mailbox_server(Runtime& runtime, const scenario::MailboxServer& model,
                                           const TrafficTables& traffic, Interferer* interferer);

}  // namespace mailcosm::sim
