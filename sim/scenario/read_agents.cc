#include "sim/scenario/read_agents.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"
#include "sim/scenario/address_range.h"
#include "sim/scenario/names.h"
#include "sim/scenario/organisation.h"

namespace mailcosm::sim::scenario {
namespace {

std::uint16_t default_port(Service service) {
  switch (service) {
    case Service::kSmtp:
      return 25;
    case Service::kSubmission:
      return 587;
    case Service::kLmtp:
      return 24;
    case Service::kPop3:
      return 110;
    case Service::kImap:
      return 143;
  }
  return 0;
}

std::vector<Listener> read_listeners(const Fields& agent) {
  std::vector<Listener> listeners;
  for (const Node* node : agent.list("listeners")) {
    const Fields fields(*node, kListenerShape);
    Listener listener;
    listener.service = static_cast<Service>(fields.choice("service"));
    listener.port = fields.has("port") ? static_cast<std::uint16_t>(fields.integer("port"))
                                       : default_port(listener.service);
    listener.source = node->source;
    listeners.push_back(listener);
  }
  return listeners;
}

std::string name_of(const Fields& agent) { return agent.name(agent.has("name") ? "name" : "host"); }

std::vector<std::string> with_login(std::string login, std::vector<std::string> others) {
  std::vector<std::string> all = {std::move(login)};
  for (std::string& other : others) {
    if (other != all[0]) all.push_back(std::move(other));
  }
  return all;
}

Resolver read_resolver(const Node& node) {
  const Fields fields(node, kResolverShape);
  Resolver resolver;
  resolver.host = fields.name("host");
  for (const Fields::Entry& entry : fields.map("root_hints")) {
    resolver.root_hints.push_back(
        {ascii::to_lower(entry.key->text), ip_addresses_of(*entry.value)});
  }
  for (const Fields::Entry& entry : fields.map("local_zones")) {
    resolver.local_zones.push_back(
        {ascii::to_lower(entry.key->text), ip_addresses_of(*entry.value)});
  }
  resolver.cache_entries_max = fields.integer("cache_entries_max");
  resolver.cache_ttl_max = fields.duration("cache_ttl_max");
  resolver.negative_ttl_max = fields.duration("negative_ttl_max");
  resolver.query_timeout = fields.duration("query_timeout");
  resolver.source = node.source;
  return resolver;
}

Route read_route(const Node& node, Reporter& reporter) {
  const Fields fields(node, kRouteShape);
  Route route;
  route.domain = fields.name("domain");
  route.transport = static_cast<Transport>(fields.choice("transport"));
  route.server = fields.name("server");
  route.port = route.transport == Transport::kLmtp ? 24 : 25;
  if (fields.has("port")) route.port = static_cast<std::uint16_t>(fields.integer("port"));
  route.source = node.source;
  std::string_view domain = route.domain;
  if (domain.starts_with('.')) domain.remove_prefix(1);
  if (route.domain != "*" && !is_domain(domain)) {
    reporter.add(fields.source("domain"), fmt::format("domain: '{}' is no domain", route.domain),
                 "A route is for a domain (blue.com), for all below it (.blue.com) or for all "
                 "others (\"*\").");
  }
  const bool needs_server = route.transport != Transport::kMx;
  if (needs_server && route.server.empty()) {
    reporter.add(node.source, "route: the key 'server' is missing",
                 "With this transport all mail goes to one server.",
                 "for example 'server: hub.blue.com'");
  } else if (!needs_server && !route.server.empty()) {
    reporter.add(fields.source("server"), "server: the transport mx needs none",
                 "The MX records say which server it is.", "use the transport relay");
  }
  return route;
}

Mta read_mta(const Node& node, Reporter& reporter) {
  const Fields fields(node, kMtaShape);
  Mta mta;
  apply_mta_limits(fields, mta);
  mta.host = fields.name("host");
  mta.name = name_of(fields);
  mta.listeners = read_listeners(fields);
  mta.local_domains = fields.names("local_domains");
  mta.relay_domains = fields.names("relay_domains");
  mta.recipients = fields.addresses("recipients");
  mta.checks_relay_recipients = fields.flag("checks_relay_recipients");
  mta.users_of = fields.names("users_of");
  for (const Node* range : fields.list("relay_from")) {
    mta.relay_from.push_back(parse_address_range(range->text).value());
  }
  for (const Node* route : fields.list("routes"))
    mta.routes.push_back(read_route(*route, reporter));
  for (const Fields::Entry& entry : fields.map("aliases")) {
    mta.aliases.push_back(
        {fold_address(entry.key->text), addresses_of(*entry.value), entry.key->source});
  }
  for (const Fields::Entry& entry : fields.map("accounts")) {
    const Fields account(*entry.value, kAccountShape);
    const std::string user = fold_address(entry.key->text);
    mta.accounts.push_back({user, account.text("password"),
                            with_login(user, account.addresses("addresses")), entry.key->source});
  }
  mta.source = node.source;
  return mta;
}

MailboxServer read_mailbox_server(const Node& node) {
  const Fields fields(node, kMailboxServerShape);
  MailboxServer server;
  server.host = fields.name("host");
  server.name = name_of(fields);
  server.listeners = read_listeners(fields);
  for (const Fields::Entry& entry : fields.map("accounts")) {
    const Fields account(*entry.value, kMailboxAccountShape);
    const std::string user = fold_address(entry.key->text);
    server.accounts.push_back(
        {user, account.text("password"), with_login(user, account.addresses("addresses")),
         account.texts("mailboxes"), account.size("quota"), entry.key->source});
  }
  server.users_of = fields.names("users_of");
  server.quota_grace = fields.duration("quota_grace");
  server.source = node.source;
  return server;
}

Client read_client(const Node& node, Reporter& reporter) {
  const Fields fields(node, kClientShape);
  Client client;
  client.host = fields.name("host");
  client.user = fields.address("user");
  client.display_name = fields.text("display_name");
  client.device = fields.name("device");
  client.password = fields.text("password");
  client.submission.name = fields.name("submission_server");
  client.submission.port = client.submission.name.empty()
                               ? std::uint16_t{0}
                               : static_cast<std::uint16_t>(fields.integer("submission_port"));
  client.retrieval = static_cast<Retrieval>(fields.choice("retrieval"));
  client.retrieval_server.name = fields.name("retrieval_server");
  if (client.retrieval != Retrieval::kNone) {
    client.retrieval_server.port = client.retrieval == Retrieval::kPop3 ? 110 : 143;
    if (fields.has("retrieval_port")) {
      client.retrieval_server.port = static_cast<std::uint16_t>(fields.integer("retrieval_port"));
    }
  }
  client.leave_on_server = fields.flag("leave_on_server");
  client.keeps_sent = fields.flag("keeps_sent");
  client.sent_mailbox = fields.text("sent_mailbox");
  client.syncs_all = fields.choice("syncs") == 1;
  client.idles = fields.flag("idles");
  client.check_every = fields.duration("check_every");
  client.source = node.source;
  if ((client.retrieval == Retrieval::kNone) != client.retrieval_server.name.empty()) {
    reporter.add(node.source, "client: 'retrieval' and 'retrieval_server' go together",
                 "A client that gets mail needs a protocol and a server.",
                 "for example 'retrieval: imap' and 'retrieval_server: store.blue.com'");
  }
  return client;
}

}  // namespace

void apply_mta_limits(const Fields& fields, Mta& mta) {
  mta.message_size_max = fields.size("message_size_max");
  mta.recipients_max = fields.integer("recipients_max");
  mta.hops_max = fields.integer("hops_max");
  mta.connections_max = fields.integer("connections_max");
  mta.deliveries_max = fields.integer("deliveries_max");
  mta.delivery_recipients_max = fields.integer("delivery_recipients_max");
  mta.sessions_max = fields.integer("sessions_max");
  mta.magic_addresses = fields.flag("magic_addresses");
  mta.retry_first = fields.duration("retry_first");
  mta.retry_max = fields.duration("retry_max");
  mta.queue_lifetime = fields.duration("queue_lifetime");
  mta.delay_notice = fields.duration("delay_notice");
}

void read_agents(const Fields& scenario, Draft& draft) {
  const Fields agents = scenario.object("agents");
  Scenario& model = draft.scenario;
  for (const Node* node : agents.list("resolvers")) model.resolvers.push_back(read_resolver(*node));
  for (const Node* node : agents.list("mtas"))
    model.mtas.push_back(read_mta(*node, draft.reporter));
  for (const Node* node : agents.list("mailbox_servers")) {
    model.mailbox_servers.push_back(read_mailbox_server(*node));
  }
  for (const Node* node : agents.list("clients"))
    model.clients.push_back(read_client(*node, draft.reporter));
}

}  // namespace mailcosm::sim::scenario
