// Subject: what the rules look at: the expanded scenario, the text's tree for exact places, and the
// names that the DNS of the scenario knows.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ip_address.h"
#include "protocols/dns/zone.h"
#include "sim/scenario/model.h"
#include "sim/scenario/node.h"
#include "sim/scenario/source_text.h"

namespace mailcosm::sim::lint {

// One zone of the scenario, read.
struct ReadZone {
  const scenario::Zone* model = nullptr;
  dns::Zone data;
  bool spelled_out = false;  // under `zones:`, not made by a shorthand
};

class Subject {
 public:
  // All must outlive the subject. `root` is the tree of the scenario's file, `text` its text.
  Subject(const scenario::Scenario& scenario, const scenario::Node& root, std::string_view text);

  const scenario::Scenario& scenario;
  const scenario::Node& root;
  const scenario::SourceText text;

  const std::vector<ReadZone>& zones() const { return zones_; }
  // The zone whose data answer for the name: the one with the longest origin; null if none does.
  const ReadZone* zone_of(const dns::Name& name) const;
  // The zone of exactly this name; null if there is none.
  const ReadZone* zone_at(const dns::Name& origin) const;
  // The name's own records of this type, without following aliases; null if there are none.
  const dns::RrSet* find(const dns::Name& name, dns::Type type) const;
  // Its A and AAAA records; through a wildcard, too.
  std::vector<IpAddress> addresses_of(const dns::Name& name) const;

  const scenario::Host* host_named(std::string_view name) const;
  const scenario::Host* host_with(const IpAddress& address) const;
  const scenario::Mta* mta_on(std::string_view host) const;
  const scenario::MailboxServer* mailboxes_on(std::string_view host) const;

  // Where in the text a record stands; the zone's place if that cannot be told.
  scenario::SourcePosition place_of(const ReadZone& zone, const dns::RrSet& set,
                                    std::string_view target = {}) const;
  // The value behind keys of the tree ("organisations", "blue.com", "dns", "ttl"); null if absent.
  const scenario::Node* at(std::initializer_list<std::string_view> path) const;

 private:
  std::vector<ReadZone> zones_;
  std::map<std::string, const scenario::Host*, std::less<>> hosts_;
  std::map<std::string, const scenario::Host*> by_address_;
  std::map<std::string, const scenario::Mta*, std::less<>> mtas_;
  std::map<std::string, const scenario::MailboxServer*, std::less<>> mailboxes_;
  std::map<std::string, std::size_t> origins_;  // in zones_
};

// Without the final dot, in lower case.
std::string plain(const dns::NameView& name);

}  // namespace mailcosm::sim::lint
