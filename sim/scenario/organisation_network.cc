#include "sim/scenario/organisation_network.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"
#include "sim/scenario/address_range.h"
#include "sim/scenario/names.h"

namespace mailcosm::sim::scenario {
namespace {

// Servers have the addresses from .1 on, devices those from .101 on, or in a large network from
// x.y.1.1 on.
constexpr std::uint32_t kFirstServer = 1, kFirstDevice = 101, kFirstDeviceLarge = 257;
constexpr std::size_t kDevicesSmall = 150;

// A label for a local part: what a host name may not have becomes a hyphen.
std::string label_of(std::string_view local_part) {
  std::string label;
  for (char c : local_part) label.push_back(ascii::is_alphanumeric(c) ? ascii::to_lower(c) : '-');
  while (label.starts_with('-')) label.erase(0, 1);
  return label.empty() ? "user" : label;
}

}  // namespace

bool OrganisationNetwork::choose_network(const Organisation& organisation, std::size_t devices,
                                         AddressRange& network) {
  const bool large = devices > kDevicesSmall;
  if (organisation.network) {
    network = *organisation.network;
    if (network.base.is_ipv4() && (network.bits == 16 || network.bits == 24) &&
        !(large && network.bits == 24)) {
      return true;
    }
    draft_.reporter.add(organisation.network_source,
                        fmt::format("network: {} does not fit", to_string(network)),
                        large ? "So many devices need a range of 16 bits."
                              : "An organisation's network is an IPv4 range of 24 or of 16 bits.",
                        large ? "for example 10.1.0.0/16" : "for example 192.0.2.0/24");
    return false;
  }
  const auto range = large ? plan_.take_large() : plan_.take_small();
  if (range) {
    network = *range;
    return true;
  }
  draft_.reporter.add(organisation.source, "there is no network left for this organisation",
                      "All documentation, benchmark and private ranges are in use.",
                      "give it a 'network'");
  return false;
}

void OrganisationNetwork::add_host(const Organisation& organisation, const std::string& name,
                                   std::uint32_t offset, SourcePosition source) {
  const Site& site = sites_[organisation.domain];
  const auto address = plan_.take_address(site.network, offset);
  if (!address) {
    draft_.reporter.add(source, fmt::format("no address is left in {}", to_string(site.network)),
                        "Each host needs one.", "give the organisation a larger 'network'");
    return;
  }
  Host host;
  host.name = name;
  host.organisation = organisation.domain;
  host.addresses = {*address};
  if (!site.resolver.is_none()) host.name_servers = {site.resolver};
  host.source = source;
  draft_.add_host(std::move(host));
}

void OrganisationNetwork::add(Organisation& organisation) {
  std::size_t devices = organisation.client_lines.size();
  for (const Organisation::User& user : organisation.users) devices += user.devices.size();
  Site& site = sites_[organisation.domain];
  site.lan = organisation.lan;
  if (!choose_network(organisation, devices, site.network)) return;

  draft_.add_router({organisation.router(), organisation.domain, organisation.source});
  Link uplink = organisation.uplink;
  uplink.b = organisation.router();
  draft_.scenario.links.push_back(std::move(uplink));

  std::vector<std::string> servers = {organisation.resolver(), organisation.name_server()};
  for (const Organisation::Edge& edge : organisation.edges) servers.push_back(edge.name);
  if (!organisation.relay.empty()) servers.push_back(organisation.relay);
  servers.push_back(organisation.submission);
  servers.push_back(organisation.store);
  for (const std::string& server : servers) {
    add_host(organisation, server, kFirstServer, organisation.mail_source);
    if (server == organisation.resolver() && draft_.find_host(server) != nullptr) {
      Host& host = draft_.scenario.hosts[draft_.hosts.find(server)->second];
      site.resolver = host.addresses[0];
      host.name_servers = {site.resolver};
    }
    Link link = organisation.lan;
    link.b = server;
    draft_.scenario.links.push_back(std::move(link));
  }
  add_devices(organisation);
}

void OrganisationNetwork::add_devices(Organisation& organisation) {
  const std::uint32_t first =
      sites_[organisation.domain].network.bits == 24 ? kFirstDevice : kFirstDeviceLarge;
  for (const Link& line : organisation.client_lines) {
    add_host(organisation, line.b, first, line.source);
    draft_.unlisted_hosts.insert(line.b);
    draft_.scenario.links.push_back(line);
  }
  for (Organisation::User& user : organisation.users) {
    for (Organisation::Device& device : user.devices) {
      device.link.b =
          fmt::format("{}-{}.{}", label_of(user.local_part), device.name, organisation.domain);
      if (!is_domain(device.link.b)) {
        draft_.reporter.add(
            device.source, "the names of user and device are too long together",
            "They make the name of a host, whose parts have at most 63 characters.");
        continue;
      }
      add_host(organisation, device.link.b, first, device.source);
      draft_.unlisted_hosts.insert(device.link.b);
      draft_.scenario.links.push_back(device.link);
    }
  }
}

void OrganisationNetwork::add_spelled_out(const Fields& fields, const std::string& name,
                                          SourcePosition source, bool has_link) {
  Host host;
  host.name = name;
  host.organisation = fields.name("organisation");
  host.addresses = fields.ip_addresses("addresses");
  host.name_servers = fields.ip_addresses("name_servers");
  host.source = source;
  const auto site = sites_.find(host.organisation);
  if (host.addresses.empty()) {
    const AddressRange strays{IpAddress::ipv4(0xc612'0100u), 24};  // 198.18.1.0/24
    const AddressRange wide{IpAddress::ipv4(0xc612'0000u), 16};
    const bool known = site != sites_.end();
    auto address = plan_.take_address(known ? site->second.network : strays, kFirstServer);
    if (!address && !known) address = plan_.take_address(wide, 512);
    if (!address) {
      draft_.reporter.add(source, "no address is left for this host", "Each host needs one.",
                          "give it 'addresses'");
      return;
    }
    host.addresses = {*address};
  }
  if (site != sites_.end()) {
    if (!fields.has("name_servers")) host.name_servers = {site->second.resolver};
    if (!has_link) {
      Link link = site->second.lan;
      link.b = name;
      link.source = source;
      draft_.scenario.links.push_back(std::move(link));
    }
  }
  draft_.add_host(std::move(host));
}

}  // namespace mailcosm::sim::scenario
