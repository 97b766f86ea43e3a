// The machines, addresses and links of organisations, and of hosts that are spelled out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/scenario/address_plan.h"
#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/organisation.h"

namespace mailcosm::sim::scenario {

class OrganisationNetwork {
 public:
  OrganisationNetwork(Draft& draft, AddressPlan& plan) : draft_(draft), plan_(plan) {}

  // Router, servers and devices with addresses and links. Fills in the ends of the device links.
  void add(Organisation& organisation);
  // A host that the text names itself. Without addresses it gets one; one of an organisation also
  // gets its resolver and, unless `has_link`, a link to its router.
  void add_spelled_out(const Fields& fields, const std::string& name, SourcePosition source,
                       bool has_link);

 private:
  struct Site {
    AddressRange network;
    IpAddress resolver;
    Link lan;
  };

  bool choose_network(const Organisation& organisation, std::size_t devices, AddressRange& network);
  void add_host(const Organisation& organisation, const std::string& name, std::uint32_t offset,
                SourcePosition source);
  void add_devices(Organisation& organisation);

  Draft& draft_;
  AddressPlan& plan_;
  std::map<std::string, Site> sites_;  // by domain
};

}  // namespace mailcosm::sim::scenario
