#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "sim/scenario/check_model.h"
#include "sim/scenario/names.h"
#include "sim/scenario/suggest.h"

namespace mailcosm::sim::scenario {
namespace {

std::string_view name_of(Service service) {
  constexpr std::string_view kNames[] = {"smtp", "submission", "lmtp", "pop3", "imap"};
  return kNames[static_cast<std::size_t>(service)];
}

class AgentCheck {
 public:
  explicit AgentCheck(Draft& draft) : draft_(draft), reporter_(draft.reporter) {}

  void run() {
    const Scenario& model = draft_.scenario;
    for (const DnsServer& server : model.dns_servers) {
      // A missing host has been reported with its zone.
      if (draft_.hosts.contains(server.host)) port(server.host, 53, server.source);
    }
    for (const Resolver& resolver : model.resolvers) check_resolver(resolver);
    for (const Mta& mta : model.mtas) check_mta(mta);
    for (const MailboxServer& server : model.mailbox_servers) check_mailbox_server(server);
    for (const Client& client : model.clients) check_client(client);
  }

 private:
  bool host(const std::string& name, std::string_view what, SourcePosition source) {
    if (draft_.hosts.contains(name)) return true;
    std::vector<std::string_view> known;
    for (const auto& [host, index] : draft_.hosts) known.push_back(host);
    const bool router = draft_.machines.contains(name);
    reporter_.add(source,
                  fmt::format("{}: {} '{}'", what,
                              router ? "only a router is called" : "there is no host", name),
                  "Programs run on hosts.", suggestion_for(name, known));
    return false;
  }

  void port(const std::string& host, std::uint16_t number, SourcePosition source) {
    if (ports_.insert({host, number}).second) return;
    reporter_.add(source, fmt::format("two programs listen on port {} of {}", number, host),
                  "Only one program can have a port.", "give one of them another port or host");
  }

  void listeners(const std::string& host, const std::vector<Listener>& all,
                 std::initializer_list<Service> allowed, std::string_view what) {
    for (const Listener& listener : all) {
      if (std::find(allowed.begin(), allowed.end(), listener.service) == allowed.end()) {
        reporter_.add(
            listener.source,
            fmt::format("listeners: {} offers no {}", what, name_of(listener.service)),
            "An MTA offers smtp, submission and lmtp; a mailbox server lmtp, pop3 and imap.");
      }
      port(host, listener.port, listener.source);
    }
  }

  // A server that programs find by name must have an address.
  void server(const std::string& name, SourcePosition source) {
    if (draft_.hosts.contains(name)) return;
    for (const Zone& zone : draft_.scenario.zones) {
      // Whether the zone really has the name shows when it is looked up; a scenario may want it
      // missing.
      if (zone.origin != "." && zone.origin.find('.') != std::string::npos &&
          is_within(name, zone.origin))
        return;
    }
    std::vector<std::string_view> known;
    for (const auto& [host, index] : draft_.hosts) known.push_back(host);
    reporter_.add(source, fmt::format("server: there is no host '{}'", name),
                  "Mail for it could go nowhere.", suggestion_for(name, known));
  }

  void check_resolver(const Resolver& resolver) {
    if (!host(resolver.host, "resolver", resolver.source)) return;
    port(resolver.host, 53, resolver.source);
    if (resolver.root_hints.empty()) {
      reporter_.add(resolver.source, "resolver: it has no root hints",
                    "It would not know whom to ask first.",
                    "name the root servers in 'root_hints'");
    }
    for (const LocalZone& zone : resolver.local_zones) {
      if (!zone.servers.empty()) continue;
      reporter_.add(resolver.source,
                    fmt::format("resolver: the local zone {} has no server", zone.origin),
                    "Names in it could not be looked up.");
    }
    for (const RootHint& hint : resolver.root_hints) {
      if (!hint.addresses.empty()) continue;
      reporter_.add(resolver.source,
                    fmt::format("resolver: the root server {} has no address", hint.name),
                    "Its address cannot be looked up before it is known.");
    }
  }

  void check_mta(const Mta& mta) {
    if (!host(mta.host, "mta", mta.source)) return;
    listeners(mta.host, mta.listeners, {Service::kSmtp, Service::kSubmission, Service::kLmtp},
              "an MTA");
    std::map<std::string_view, SourcePosition> routes;
    for (const Route& route : mta.routes) {
      if (!route.server.empty()) server(route.server, route.source);
      if (routes.emplace(route.domain, route.source).second) continue;
      reporter_.add(route.source, fmt::format("routes: there are two for '{}'", route.domain),
                    "Mail can take only one of them.");
    }
    for (const std::string& domain : mta.local_domains) {
      if (std::find(mta.relay_domains.begin(), mta.relay_domains.end(), domain) ==
          mta.relay_domains.end())
        continue;
      reporter_.add(mta.source, fmt::format("mta: {} is local and relayed", domain),
                    "Its mail either ends here or is passed on.");
    }
    if (mta.retry_first <= Duration{0} || mta.retry_max < mta.retry_first) {
      reporter_.add(mta.source, "retry_first: it must be more than 0 s and at most retry_max",
                    "The waiting time doubles from the first to the longest.");
    }
    if (mta.queue_lifetime <= Duration{0}) {
      reporter_.add(mta.source, "queue_lifetime: it must be more than 0 s",
                    "Every message would be returned at once.");
    }
    aliases(mta);
  }

  void aliases(const Mta& mta) {
    std::set<std::string_view> known(mta.recipients.begin(), mta.recipients.end());
    std::map<std::string_view, const Alias*> by_address;
    for (const Alias& alias : mta.aliases) {
      if (known.contains(alias.address)) {
        reporter_.add(alias.source, fmt::format("aliases: {} is a recipient, too", alias.address),
                      "An address either has a mailbox or stands for others.");
      }
      by_address.emplace(alias.address, &alias);
    }
    for (const Alias& alias : mta.aliases) {
      if (alias.targets.empty()) {
        reporter_.add(alias.source, fmt::format("aliases: {} stands for nobody", alias.address),
                      "Its mail would vanish.");
      }
      for (const std::string& target : alias.targets)
        alias_target(mta, alias, target, known, by_address);
    }
    alias_cycles(mta, by_address);
  }

  void alias_target(const Mta& mta, const Alias& alias, const std::string& target,
                    const std::set<std::string_view>& known,
                    const std::map<std::string_view, const Alias*>& by_address) {
    const std::string_view domain = domain_of(target);
    const bool local = std::find(mta.local_domains.begin(), mta.local_domains.end(), domain) !=
                       mta.local_domains.end();
    if (!local || known.contains(target) || by_address.contains(target)) return;
    std::vector<std::string_view> candidates(known.begin(), known.end());
    for (const auto& [address, other] : by_address) candidates.push_back(address);
    reporter_.add(
        alias.source, fmt::format("aliases: there is no user {}", target),
        fmt::format("{} stands for it, so mail to the alias would be refused.", alias.address),
        suggestion_for(target, candidates));
  }

  // Depth first, by an explicit stack of (alias, next target); `done` are those from which no cycle
  // can be reached.
  void alias_cycles(const Mta& mta, const std::map<std::string_view, const Alias*>& by_address) {
    std::set<std::string_view> done;
    for (const Alias& start : mta.aliases) {
      std::vector<std::pair<const Alias*, std::size_t>> stack = {{&start, 0}};
      std::set<std::string_view> open = {start.address};
      while (!stack.empty()) {
        auto& [alias, next] = stack.back();
        if (done.contains(alias->address) || next == alias->targets.size()) {
          done.insert(alias->address);
          open.erase(alias->address);
          stack.pop_back();
          continue;
        }
        const std::string_view target = alias->targets[next++];
        const auto found = by_address.find(target);
        if (found == by_address.end() || done.contains(target)) continue;
        if (!open.insert(target).second) {
          reporter_.add(alias->source, fmt::format("aliases: {} leads back to itself", target),
                        "Mail to it would run in a circle on this server.");
          done.insert(target);
          continue;
        }
        stack.push_back({found->second, 0});
      }
    }
  }

  void check_mailbox_server(const MailboxServer& server) {
    if (!host(server.host, "mailbox server", server.source)) return;
    listeners(server.host, server.listeners, {Service::kLmtp, Service::kPop3, Service::kImap},
              "a mailbox server");
    std::map<std::string_view, SourcePosition> owners;
    for (const MailboxAccount& account : server.accounts) {
      for (const std::string& address : account.addresses) {
        if (owners.emplace(address, account.source).second) continue;
        reporter_.add(account.source,
                      fmt::format("accounts: two of them have the address {}", address),
                      "The server could not tell where its mail goes.");
      }
      std::set<std::string_view> mailboxes = {"INBOX"};
      for (const std::string& mailbox : account.mailboxes) {
        if (!mailbox.empty() && mailboxes.insert(mailbox).second) continue;
        reporter_.add(account.source,
                      fmt::format("mailboxes: '{}' is empty or there twice", mailbox),
                      "INBOX is always there; each other mailbox has a name of its own.");
      }
    }
  }

  void check_client(const Client& client) {
    if (!host(client.host, "client", client.source)) return;
    if (!devices_.insert({client.user, client.device}).second) {
      reporter_.add(client.source,
                    fmt::format("{} has two devices '{}'", client.user, client.device),
                    "The story could not tell them apart.", "give one of them another name");
    }
    if (!client.submission.name.empty()) server(client.submission.name, client.source);
    if (client.retrieval == Retrieval::kNone) return;
    server(client.retrieval_server.name, client.source);
    const bool offered = offers(client);
    if (!offered) {
      reporter_.add(
          client.source,
          fmt::format("client: {} does not offer {} on port {}", client.retrieval_server.name,
                      client.retrieval == Retrieval::kPop3 ? "pop3" : "imap",
                      client.retrieval_server.port),
          "The device could never get mail.");
    }
    if (client.check_every < Duration{0}) {
      reporter_.add(client.source, "check_every: it must not be negative", "");
    }
  }

  // True also for a server that is not a host's own name: then only a look-up can tell.
  bool offers(const Client& client) const {
    const Service wanted = client.retrieval == Retrieval::kPop3 ? Service::kPop3 : Service::kImap;
    if (!draft_.hosts.contains(client.retrieval_server.name)) return true;
    for (const MailboxServer& server : draft_.scenario.mailbox_servers) {
      if (server.host != client.retrieval_server.name) continue;
      for (const Listener& listener : server.listeners) {
        if (listener.service == wanted && listener.port == client.retrieval_server.port)
          return true;
      }
    }
    return false;
  }

  Draft& draft_;
  Reporter& reporter_;
  std::set<std::pair<std::string, std::uint16_t>> ports_;
  std::set<std::pair<std::string, std::string>> devices_;
};

}  // namespace

void check_agents(Draft& draft) { AgentCheck(draft).run(); }

}  // namespace mailcosm::sim::scenario
