#include "sim/scenario/organisation.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::uint16_t kSmtpPort = 25, kSubmissionPort = 587, kLmtpPort = 24, kPop3Port = 110,
                        kImapPort = 143;

Mta mta_like(const Organisation& organisation, const std::string& host) {
  Mta mta = organisation.limits;
  mta.host = host;
  mta.name = host;
  mta.source = organisation.mail_source;
  mta.users_of = organisation.hosted;
  if (!organisation.smart_host.empty()) {
    mta.routes.push_back(
        {"*", Transport::kRelay, organisation.smart_host, kSmtpPort, organisation.mail_source});
  }
  return mta;
}

std::string address_of(const Organisation& organisation, const Organisation::User& user) {
  return user.local_part + "@" + organisation.domain;
}

std::vector<std::string> recipients_of(const Organisation& organisation) {
  std::vector<std::string> recipients;
  for (const Organisation::User& user : organisation.users)
    recipients.push_back(address_of(organisation, user));
  // Taken, and then refused by the mailbox server, which has no such mailbox.
  if (organisation.limits.magic_addresses) recipients.push_back("bounce@" + organisation.domain);
  return recipients;
}

void add_routes(const Organisation& organisation, Transport transport, const std::string& server,
                std::uint16_t port, Mta& mta) {
  mta.routes.push_back({organisation.domain, transport, server, port, organisation.mail_source});
  for (const std::string& domain : organisation.hosted)
    mta.routes.push_back({domain, transport, server, port, organisation.mail_source});
}

std::vector<std::string> domains_of(const Organisation& organisation) {
  std::vector<std::string> domains = {organisation.domain};
  domains.insert(domains.end(), organisation.hosted.begin(), organisation.hosted.end());
  return domains;
}

// The server where mail for the domain ends: it knows the recipients and hands over to the mailbox
// server.
void make_final(const Organisation& organisation, Mta& mta) {
  mta.local_domains = domains_of(organisation);
  mta.recipients = recipients_of(organisation);
  mta.aliases = organisation.aliases;
  add_routes(organisation, Transport::kLmtp, organisation.store, kLmtpPort, mta);
}

// A server in front of the internal relay: it refuses unknown recipients, and passes on everything
// else.
void make_front(const Organisation& organisation, Mta& mta) {
  mta.relay_domains = domains_of(organisation);
  mta.recipients = recipients_of(organisation);
  for (const Alias& alias : organisation.aliases) mta.recipients.push_back(alias.address);
  mta.checks_relay_recipients = true;
  add_routes(organisation, Transport::kRelay, organisation.relay, kSmtpPort, mta);
}

void add_mtas(const Organisation& organisation, Scenario& scenario) {
  const auto place = [&](Mta& mta) {
    organisation.relay.empty() ? make_final(organisation, mta) : make_front(organisation, mta);
  };
  for (const Organisation::Edge& edge : organisation.edges) {
    Mta mta = mta_like(organisation, edge.name);
    mta.listeners = {{Service::kSmtp, kSmtpPort, mta.source}};
    place(mta);
    scenario.mtas.push_back(std::move(mta));
  }
  if (!organisation.relay.empty()) {
    Mta mta = mta_like(organisation, organisation.relay);
    mta.listeners = {{Service::kSmtp, kSmtpPort, mta.source}};
    make_final(organisation, mta);
    scenario.mtas.push_back(std::move(mta));
  }
  Mta mta = mta_like(organisation, organisation.submission);
  mta.listeners = {{Service::kSubmission, kSubmissionPort, mta.source}};
  place(mta);
  for (const Organisation::User& user : organisation.users) {
    const std::string address = address_of(organisation, user);
    mta.accounts.push_back({address, user.password, {address}, user.source});
  }
  scenario.mtas.push_back(std::move(mta));
}

void add_mailbox_server(const Organisation& organisation, Scenario& scenario) {
  MailboxServer server;
  server.host = organisation.store;
  server.name = organisation.store;
  server.source = organisation.mail_source;
  server.quota_grace = organisation.quota_grace;
  server.users_of = organisation.hosted;
  server.listeners = {{Service::kLmtp, kLmtpPort, server.source},
                      {Service::kPop3, kPop3Port, server.source},
                      {Service::kImap, kImapPort, server.source}};
  for (const Organisation::User& user : organisation.users) {
    const std::string address = address_of(organisation, user);
    server.accounts.push_back(
        {address, user.password, {address}, user.mailboxes, user.quota, user.source});
  }
  scenario.mailbox_servers.push_back(std::move(server));
}

void add_clients(const Organisation& organisation, Scenario& scenario) {
  for (const Organisation::User& user : organisation.users) {
    for (const Organisation::Device& device : user.devices) {
      Client client = device.client;
      client.host = device.link.b;
      client.user = address_of(organisation, user);
      client.display_name = user.name;
      client.device = device.name;
      client.password = user.password;
      client.submission = {organisation.submission, kSubmissionPort};
      if (client.retrieval != Retrieval::kNone) {
        client.retrieval_server = {organisation.store,
                                   client.retrieval == Retrieval::kPop3 ? kPop3Port : kImapPort};
      }
      scenario.clients.push_back(std::move(client));
    }
  }
}

}  // namespace

void add_organisation_agents(const Organisation& organisation, Draft& draft) {
  add_mtas(organisation, draft.scenario);
  add_mailbox_server(organisation, draft.scenario);
  add_clients(organisation, draft.scenario);
}

}  // namespace mailcosm::sim::scenario
