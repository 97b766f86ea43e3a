// From the plain data of a scenario to agents: one function for each kind of agent, each in a file
// of its own.
#pragma once

#include <memory>

#include "sim/agents/common/interference.h"
#include "sim/agents/dns/query_interference.h"
#include "sim/host/runtime.h"
#include "sim/scenario/model.h"

namespace mailcosm::sim {

// Interferers may be null, or must outlive the agent.
std::unique_ptr<Agent> make_dns_server(Runtime& runtime, const scenario::Scenario& scenario,
                                       const scenario::DnsServer& model,
                                       QueryInterferer* interferer);
std::unique_ptr<Agent> make_resolver(Runtime& runtime, const scenario::Resolver& model,
                                     QueryInterferer* interferer);
std::unique_ptr<Agent> make_mta(Runtime& runtime, const scenario::Host& host,
                                const scenario::Mta& model, Interferer* interferer);
std::unique_ptr<Agent> make_mailbox_server(Runtime& runtime, const scenario::MailboxServer& model,
                                           Interferer* interferer);

}  // namespace mailcosm::sim
