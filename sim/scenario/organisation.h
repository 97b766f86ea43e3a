// Organisation: what the shorthand `organisations:` says about one domain, before it is expanded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/model.h"

namespace mailcosm::sim::scenario {

struct Organisation {
  struct Device {
    std::string name;
    Client client;  // protocol and behaviour; host, user and servers are filled in by the expansion
    Link link;      // a is the router or "internet"; b is filled in
    SourcePosition source;
  };
  struct User {
    std::string local_part;
    std::string name;
    std::string password;
    std::int64_t quota = 0;
    std::vector<std::string> mailboxes;
    std::vector<Device> devices;
    SourcePosition source;
  };
  struct Edge {
    std::string name;  // host
    std::int64_t preference = 0;
  };

  std::string domain;
  std::optional<AddressRange> network;
  std::vector<User> users;
  std::vector<Alias> aliases;
  std::vector<Edge> edges;
  std::string relay;  // hosts; relay is empty if there is none
  std::string submission;
  std::string smart_host;  // empty if there is none
  std::string store;
  Mta limits;  // only its limits and times count
  Duration quota_grace{};
  std::int64_t ttl = 0;  // seconds
  std::int64_t negative_ttl = 0;
  std::string records;
  std::vector<std::string>
      hosted;                      // domains of a population's users, who have their mailboxes here
  std::vector<Link> client_lines;  // of their client hosts: b is the host
  Link lan;                        // a is the router
  Link uplink;
  SourcePosition source;
  SourcePosition network_source;
  SourcePosition mail_source;
  SourcePosition records_source;

  std::string router() const { return "router." + domain; }
  std::string name_server() const { return "ns1." + domain; }
  std::string resolver() const { return "resolver." + domain; }
};

inline constexpr const char* kBackbone = "internet";

std::vector<Organisation> read_organisations(const Fields& scenario, Draft& draft);

// The mail servers, people and programs of one organisation. Its hosts exist already.
void add_organisation_agents(const Organisation& organisation, Draft& draft);

// Sets what the mapping says, and leaves the rest of the link as it is.
void apply_link_settings(const Fields& settings, Link& link);
// Sets the limits and times of an MTA; `fields` is an organisation's mail or an MTA.
void apply_mta_limits(const Fields& fields, Mta& mta);

}  // namespace mailcosm::sim::scenario
