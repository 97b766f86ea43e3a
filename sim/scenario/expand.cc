#include "sim/scenario/expand.h"

#include <fmt/format.h>

#include "sim/scenario/address_range.h"
#include "sim/scenario/expand_faults.h"
#include "sim/scenario/expand_lesson.h"
#include "sim/scenario/expand_story.h"
#include "sim/scenario/expand_traffic.h"
#include "sim/scenario/units.h"
#include "sim/scenario/yaml_writer.h"

namespace mailcosm::sim::scenario {
namespace {

std::string unlimited(std::int64_t octets) {
  return octets == 0 ? "unlimited" : format_size(octets);
}
std::string never(Duration duration) {
  return duration == Duration{0} ? "never" : format_duration(duration);
}

std::vector<std::string> texts_of(const std::vector<IpAddress>& addresses) {
  std::vector<std::string> texts;
  for (const IpAddress& address : addresses) texts.push_back(address.to_string());
  return texts;
}

void write_head(const Scenario& scenario, YamlWriter& out) {
  out.number("mailcosm", 1);
  out.text("title", scenario.title);
  if (!scenario.about.empty()) out.text("about", scenario.about);
  expand_lesson(scenario, out);
  out.number("seed", static_cast<std::int64_t>(scenario.seed));
  out.plain("epoch", format_wall_time(scenario.epoch));
  out.plain("until", format_duration(scenario.until - Instant{}));
  if (scenario.canary) out.flag("canary", true);
}

void write_machines(const Scenario& scenario, YamlWriter& out) {
  out.open_map("routers");
  for (const Router& router : scenario.routers) {
    out.open_map(router.name);
    if (!router.organisation.empty()) out.text("organisation", router.organisation);
    out.close();
  }
  out.close();
  out.open_map("hosts");
  for (const Host& host : scenario.hosts) {
    out.open_map(host.name);
    if (!host.organisation.empty()) out.text("organisation", host.organisation);
    out.texts("addresses", texts_of(host.addresses));
    out.texts("name_servers", texts_of(host.name_servers));
    out.close();
  }
  out.close();
}

void write_links(const Scenario& scenario, YamlWriter& out) {
  if (scenario.links.empty()) return;
  out.open_list("links");
  for (const Link& link : scenario.links) {
    out.open_item();
    out.texts("between", std::vector<std::string>{link.a, link.b});
    out.plain("latency", format_duration(link.latency));
    out.plain("bandwidth", link.bandwidth == 0 ? "unlimited" : format_bandwidth(link.bandwidth));
    out.plain("jitter", format_duration(link.jitter));
    out.plain("loss", format_fraction(link.loss));
    out.plain("duplication", format_fraction(link.duplication));
    out.flag("reorders", link.reorders);
    out.number("queue", link.queue);
    out.flag("up", link.up);
    out.close();
  }
  out.close();
}

void write_zones(const Scenario& scenario, YamlWriter& out) {
  if (scenario.zones.empty()) return;
  out.open_list("zones");
  for (const Zone& zone : scenario.zones) {
    out.open_item();
    out.text("origin", zone.origin);
    out.texts("servers", zone.servers);
    out.text("text", zone.text);
    out.close();
  }
  out.close();
}

void write_resolver(const Resolver& resolver, YamlWriter& out) {
  out.open_item();
  out.text("host", resolver.host);
  out.open_map("root_hints");
  for (const RootHint& hint : resolver.root_hints) out.texts(hint.name, texts_of(hint.addresses));
  out.close();
  if (!resolver.local_zones.empty()) {
    out.open_map("local_zones");
    for (const LocalZone& zone : resolver.local_zones)
      out.texts(zone.origin, texts_of(zone.servers));
    out.close();
  }
  out.number("cache_entries_max", resolver.cache_entries_max);
  out.plain("cache_ttl_max", format_duration(resolver.cache_ttl_max));
  out.plain("negative_ttl_max", format_duration(resolver.negative_ttl_max));
  out.plain("query_timeout", format_duration(resolver.query_timeout));
  out.close();
}

void write_listeners(const std::vector<Listener>& listeners, YamlWriter& out) {
  constexpr std::string_view kServices[] = {"smtp", "submission", "lmtp", "pop3", "imap"};
  if (listeners.empty()) return out.plain("listeners", "[]");
  out.open_list("listeners");
  for (const Listener& listener : listeners) {
    out.open_item();
    out.plain("service", kServices[static_cast<std::size_t>(listener.service)]);
    out.number("port", listener.port);
    out.close();
  }
  out.close();
}

void write_routes(const Mta& mta, YamlWriter& out) {
  constexpr std::string_view kTransports[] = {"mx", "relay", "lmtp"};
  if (mta.routes.empty()) return;
  out.open_list("routes");
  for (const Route& route : mta.routes) {
    out.open_item();
    out.text("domain", route.domain);
    out.plain("transport", kTransports[static_cast<std::size_t>(route.transport)]);
    if (!route.server.empty()) out.text("server", route.server);
    out.number("port", route.port);
    out.close();
  }
  out.close();
}

void write_mta(const Mta& mta, YamlWriter& out) {
  out.open_item();
  out.text("host", mta.host);
  out.text("name", mta.name);
  write_listeners(mta.listeners, out);
  out.texts("local_domains", mta.local_domains);
  out.texts("relay_domains", mta.relay_domains);
  out.texts("recipients", mta.recipients);
  out.flag("checks_relay_recipients", mta.checks_relay_recipients);
  if (!mta.users_of.empty()) out.texts("users_of", mta.users_of);
  std::vector<std::string> ranges;
  for (const AddressRange& range : mta.relay_from) ranges.push_back(to_string(range));
  out.texts("relay_from", ranges);
  write_routes(mta, out);
  out.open_map("aliases");
  for (const Alias& alias : mta.aliases) out.texts(alias.address, alias.targets);
  out.close();
  out.open_map("accounts");
  for (const Account& account : mta.accounts) {
    out.open_map(account.user);
    out.text("password", account.password);
    out.texts("addresses", account.addresses);
    out.close();
  }
  out.close();
  out.plain("message_size_max", format_size(mta.message_size_max));
  out.number("recipients_max", mta.recipients_max);
  out.number("hops_max", mta.hops_max);
  out.number("connections_max", mta.connections_max);
  out.number("deliveries_max", mta.deliveries_max);
  out.number("delivery_recipients_max", mta.delivery_recipients_max);
  out.number("sessions_max", mta.sessions_max);
  if (mta.magic_addresses) out.flag("magic_addresses", true);
  out.plain("retry_first", format_duration(mta.retry_first));
  out.plain("retry_max", format_duration(mta.retry_max));
  out.plain("queue_lifetime", format_duration(mta.queue_lifetime));
  out.plain("delay_notice", never(mta.delay_notice));
  out.close();
}

void write_mailbox_server(const MailboxServer& server, YamlWriter& out) {
  out.open_item();
  out.text("host", server.host);
  out.text("name", server.name);
  write_listeners(server.listeners, out);
  out.open_map("accounts");
  for (const MailboxAccount& account : server.accounts) {
    out.open_map(account.user);
    out.text("password", account.password);
    out.texts("addresses", account.addresses);
    out.texts("mailboxes", account.mailboxes);
    out.plain("quota", unlimited(account.quota));
    out.close();
  }
  out.close();
  if (!server.users_of.empty()) out.texts("users_of", server.users_of);
  out.plain("quota_grace", format_duration(server.quota_grace));
  out.close();
}

void write_client(const Client& client, YamlWriter& out) {
  constexpr std::string_view kRetrievals[] = {"none", "pop3", "imap"};
  out.open_item();
  out.text("host", client.host);
  out.text("user", client.user);
  if (!client.display_name.empty()) out.text("display_name", client.display_name);
  out.text("device", client.device);
  out.text("password", client.password);
  if (!client.submission.name.empty()) {
    out.text("submission_server", client.submission.name);
    out.number("submission_port", client.submission.port);
  }
  out.plain("retrieval", kRetrievals[static_cast<std::size_t>(client.retrieval)]);
  if (client.retrieval != Retrieval::kNone) {
    out.text("retrieval_server", client.retrieval_server.name);
    out.number("retrieval_port", client.retrieval_server.port);
  }
  out.flag("leave_on_server", client.leave_on_server);
  out.flag("keeps_sent", client.keeps_sent);
  out.text("sent_mailbox", client.sent_mailbox);
  out.plain("syncs", client.syncs_all ? "all" : "inbox");
  out.flag("idles", client.idles);
  out.plain("check_every", never(client.check_every));
  out.close();
}

template <typename Agent, typename Write>
void write_agents(std::string_view key, const std::vector<Agent>& agents, Write write,
                  YamlWriter& out) {
  if (agents.empty()) return;
  out.open_list(key);
  for (const Agent& agent : agents) write(agent, out);
  out.close();
}

}  // namespace

std::string expand(const Scenario& scenario) {
  YamlWriter out;
  write_head(scenario, out);
  write_machines(scenario, out);
  write_links(scenario, out);
  write_zones(scenario, out);
  out.open_map("agents");
  write_agents("resolvers", scenario.resolvers, write_resolver, out);
  write_agents("mtas", scenario.mtas, write_mta, out);
  write_agents("mailbox_servers", scenario.mailbox_servers, write_mailbox_server, out);
  write_agents("clients", scenario.clients, write_client, out);
  out.close();
  expand_traffic(scenario.traffic, out);
  expand_story(scenario, out);
  expand_faults(scenario, out);
  expand_expectations(scenario, out);
  return out.take();
}

}  // namespace mailcosm::sim::scenario
