// What the shorthands stand for.
#include <gtest/gtest.h>

#include <algorithm>

#include "protocols/dns/zone.h"
#include "sim/scenario/address_range.h"
#include "tests/sim/scenario/support.h"

namespace mailcosm::sim::scenario {
namespace {

template <typename T>
const T* on_host(const std::vector<T>& agents, std::string_view host) {
  const auto found = std::find_if(agents.begin(), agents.end(),
                                  [&](const T& agent) { return agent.host == host; });
  return found == agents.end() ? nullptr : &*found;
}

const Host* host_of(const Scenario& scenario, std::string_view name) {
  const auto& hosts = scenario.hosts;
  const auto found =
      std::find_if(hosts.begin(), hosts.end(), [&](const Host& host) { return host.name == name; });
  return found == hosts.end() ? nullptr : &*found;
}

const Zone* zone_of(const Scenario& scenario, std::string_view origin) {
  const auto& zones = scenario.zones;
  const auto found = std::find_if(zones.begin(), zones.end(),
                                  [&](const Zone& zone) { return zone.origin == origin; });
  return found == zones.end() ? nullptr : &*found;
}

dns::Zone dns_zone(const Scenario& scenario, std::string_view origin) {
  const Zone* zone = zone_of(scenario, origin);
  EXPECT_NE(zone, nullptr) << origin;
  auto result = dns::Zone::parse(zone->text, origin == "." ? dns::Name() : dns::Name::of(origin));
  EXPECT_TRUE(result) << origin;
  return *result;
}

TEST(ModelTest, DefaultsAreThoseOfTheTable) {
  const Scenario scenario = parsed("mailcosm: 1\ntitle: A test\n");
  EXPECT_EQ(scenario.title, "A test");
  EXPECT_EQ(scenario.seed, 1u);
  EXPECT_EQ(scenario.epoch.seconds(), 1'767'603'600);  // 2026-01-05 09:00:00 UTC
  EXPECT_EQ(scenario.until - Instant{}, std::chrono::days(30));
  EXPECT_TRUE(scenario.hosts.empty() && scenario.links.empty() && scenario.zones.empty());
}

TEST(ModelTest, AnOrganisationHasAllItsServers) {
  const Scenario scenario = parsed(kTwoOrganisations);
  for (const char* name : {"resolver.red.com", "ns1.red.com", "mx1.red.com", "mail.red.com",
                           "store.red.com", "alice-laptop.red.com", "bob-phone.blue.com",
                           "bob-desktop.blue.com", "a.root-servers.net", "a.nic.com"}) {
    EXPECT_NE(host_of(scenario, name), nullptr) << name;
  }
  EXPECT_EQ(host_of(scenario, "mx1.red.com")->name_servers,
            host_of(scenario, "resolver.red.com")->addresses);
  const Mta* edge = on_host(scenario.mtas, "mx1.red.com");
  ASSERT_NE(edge, nullptr);
  EXPECT_EQ(edge->local_domains, std::vector<std::string>{"red.com"});
  ASSERT_EQ(edge->routes.size(), 1u);
  EXPECT_EQ(edge->routes[0].transport, Transport::kLmtp);
  EXPECT_EQ(edge->routes[0].server, "store.red.com");
  const Mta* submission = on_host(scenario.mtas, "mail.red.com");
  EXPECT_EQ(submission->listeners[0].port, 587);
  EXPECT_EQ(submission->accounts[0].user, "alice@red.com");
  EXPECT_EQ(submission->accounts[0].password, scenario.clients[0].password);
  EXPECT_EQ(scenario.mailbox_servers[0].accounts[0].user, "alice@red.com");
}

TEST(ModelTest, AnInternalRelayStandsBetweenEdgeAndStore) {
  const Scenario scenario = parsed(
      "mailcosm: 1\ntitle: A test\norganisations:\n  blue.com:\n    mail: {mx: {mx1: 10, mx2: 20}, "
      "relay: hub}\n"
      "    users: {bob: {}}\n");
  for (const char* name : {"mx1.blue.com", "mx2.blue.com", "mail.blue.com"}) {
    const Mta* mta = on_host(scenario.mtas, name);
    ASSERT_NE(mta, nullptr) << name;
    EXPECT_TRUE(mta->local_domains.empty());
    EXPECT_EQ(mta->relay_domains, std::vector<std::string>{"blue.com"});
    EXPECT_TRUE(mta->checks_relay_recipients);
    EXPECT_EQ(mta->recipients, (std::vector<std::string>{"bob@blue.com", "postmaster@blue.com"}));
    EXPECT_EQ(mta->routes[0].transport, Transport::kRelay);
    EXPECT_EQ(mta->routes[0].server, "hub.blue.com");
  }
  const Mta* hub = on_host(scenario.mtas, "hub.blue.com");
  EXPECT_EQ(hub->local_domains, std::vector<std::string>{"blue.com"});
  EXPECT_EQ(hub->routes[0].server, "store.blue.com");
}

// RFC 5321 section 4.5.1: mail for postmaster is accepted by every domain.
TEST(ModelTest, EveryOrganisationHasAPostmaster) {
  const Scenario scenario = parsed(kTwoOrganisations);
  EXPECT_EQ(on_host(scenario.mtas, "mx1.red.com")->aliases[0].address, "postmaster@red.com");
  EXPECT_EQ(on_host(scenario.mtas, "mx1.red.com")->aliases[0].targets,
            std::vector<std::string>{"alice@red.com"});
}

TEST(ModelTest, NamesLeadFromTheRootToEveryHost) {
  const Scenario scenario = parsed(kTwoOrganisations);
  using Status = dns::Zone::Found::Status;
  const dns::Name name = dns::Name::of("mx1.blue.com");
  const dns::Zone root = dns_zone(scenario, "."), com = dns_zone(scenario, "com"),
                  blue = dns_zone(scenario, "blue.com");
  EXPECT_EQ(root.find(name, dns::Type::kA).status, Status::kDelegation);
  EXPECT_EQ(com.find(name, dns::Type::kA).status, Status::kDelegation);
  EXPECT_EQ(blue.find(name, dns::Type::kA).status, Status::kNode);
  EXPECT_NE(root.node_at(dns::Name::of("a.nic.com")), nullptr);
  EXPECT_NE(com.node_at(dns::Name::of("ns1.blue.com")), nullptr);
  EXPECT_EQ(scenario.resolvers[0].root_hints[0].addresses,
            host_of(scenario, "a.root-servers.net")->addresses);
}

TEST(ModelTest, AddressesLeadBackToNames) {
  const Scenario scenario = parsed(kTwoOrganisations);
  const IpAddress address = host_of(scenario, "mx1.blue.com")->addresses[0];
  const dns::Name name = dns::Name::of(address.reverse_name());
  EXPECT_EQ(dns_zone(scenario, "in-addr.arpa").find(name, dns::Type::kPtr).status,
            dns::Zone::Found::Status::kDelegation);
  const dns::Zone zone = dns_zone(scenario, "100.51.198.in-addr.arpa");
  const dns::RrSet* pointers = zone.find(name, dns::Type::kPtr).node->find(dns::Type::kPtr);
  ASSERT_NE(pointers, nullptr);
  EXPECT_EQ(dns::name_of(dns::Type::kPtr, pointers->rdatas[0])->to_host(), "mx1.blue.com");
}

TEST(ModelTest, AddingAnOrganisationMovesNoAddress) {
  const Scenario two = parsed(kTwoOrganisations);
  const Scenario three =
      parsed(std::string(kTwoOrganisations) + "  green.org:\n    users: {carol: {}}\n");
  for (const Host& host : two.hosts) {
    if (host.organisation.empty()) continue;
    EXPECT_EQ(host_of(three, host.name)->addresses, host.addresses) << host.name;
  }
}

TEST(ModelTest, AddressesOfTheTextAreNotGivenOut) {
  const Scenario scenario =
      parsed(std::string(kTwoOrganisations) + "hosts:\n  www.org: {addresses: 192.0.2.80}\n");
  EXPECT_EQ(host_of(scenario, "mx1.red.com")->addresses[0].to_string(), "198.51.100.3");
}

TEST(ModelTest, AZoneOfTheTextReplacesTheShorthands) {
  const Scenario scenario =
      parsed(std::string(kTwoOrganisations) +
             "zones:\n  - origin: blue.com\n    servers: ns1.blue.com\n    text: |\n"
             "      $TTL 60\n      @ SOA ns1 hostmaster 1 2 3 4 5\n      @ NS ns1\n"
             "      ns1 A 198.51.100.2\n      @ MX 0 .\n");
  EXPECT_EQ(std::count_if(scenario.zones.begin(), scenario.zones.end(),
                          [](const Zone& zone) { return zone.origin == "blue.com"; }),
            1);
  EXPECT_NE(zone_of(scenario, "blue.com")->text.find("MX 0 ."), std::string::npos);
  EXPECT_NE(zone_of(scenario, "com")->text.find("blue.com. IN NS ns1.blue.com."),
            std::string::npos);
}

TEST(ModelTest, AHostOfAnOrganisationIsConnectedAndListed) {
  const Scenario scenario =
      parsed(std::string(kTwoOrganisations) + "hosts:\n  www.blue.com: {organisation: blue.com}\n");
  const Host* host = host_of(scenario, "www.blue.com");
  EXPECT_EQ(host->name_servers, host_of(scenario, "resolver.blue.com")->addresses);
  EXPECT_TRUE(std::any_of(scenario.links.begin(), scenario.links.end(), [](const Link& link) {
    return link.a == "router.blue.com" && link.b == "www.blue.com";
  }));
  EXPECT_NE(zone_of(scenario, "blue.com")->text.find("www IN A "), std::string::npos);
}

TEST(ModelTest, ManyDevicesGetALargeNetwork) {
  std::string text = "mailcosm: 1\ntitle: A test\norganisations:\n  big.com:\n    users:\n";
  for (int i = 0; i < 300; ++i) text += "      u" + std::to_string(i) + ": {devices: {d: imap}}\n";
  const Scenario scenario = parsed(text);
  EXPECT_EQ(scenario.clients.size(), 300u);
  EXPECT_EQ(host_of(scenario, "u0-d.big.com")->addresses[0].to_string(), "10.0.1.1");
  EXPECT_NE(zone_of(scenario, "0.10.in-addr.arpa"), nullptr);
}

TEST(ModelTest, APlaceChoosesTheLinkOfADevice) {
  const Scenario scenario = parsed(
      "mailcosm: 1\ntitle: A test\norganisations:\n  a.com:\n    users:\n      u:\n        "
      "devices:\n"
      "          pad: {protocol: imap, place: mobile, link: {loss: 2 %}}\n          desk: pop3\n");
  const auto link_of = [&](std::string_view host) {
    return *std::find_if(scenario.links.begin(), scenario.links.end(),
                         [&](const Link& link) { return link.b == host; });
  };
  EXPECT_EQ(link_of("u-pad.a.com").a, "internet");
  EXPECT_EQ(link_of("u-pad.a.com").latency, std::chrono::milliseconds(40));
  EXPECT_EQ(link_of("u-pad.a.com").loss, 20'000);
  EXPECT_EQ(link_of("u-desk.a.com").a, "router.a.com");
}

TEST(ModelTest, AddressRanges) {
  const AddressRange range = parse_address_range("192.0.2.0/24").value();
  EXPECT_TRUE(contains(range, IpAddress::parse("192.0.2.255").value()));
  EXPECT_FALSE(contains(range, IpAddress::parse("192.0.3.0").value()));
  EXPECT_FALSE(contains(range, IpAddress::parse("2001:db8::1").value()));
  EXPECT_EQ(to_string(parse_address_range("2001:db8::/32").value()), "2001:db8::/32");
  EXPECT_TRUE(
      contains(parse_address_range("0.0.0.0/0").value(), IpAddress::parse("10.1.2.3").value()));
  for (const char* text :
       {"192.0.2.0", "192.0.2.0/33", "192.0.2.1/24", "192.0.2.0/024", "192.0.2.0/", "x/8"}) {
    EXPECT_FALSE(parse_address_range(text)) << text;
  }
}

}  // namespace
}  // namespace mailcosm::sim::scenario
