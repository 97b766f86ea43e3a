// Who can be reached: users without a way to them, recipients nobody knows, aliases in a circle.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "sim/lint/checks.h"
#include "sim/scenario/names.h"

namespace mailcosm::sim::lint {
namespace {

using scenario::Mta;

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

class AddresseeCheck {
 public:
  AddresseeCheck(const Subject& subject, Findings& findings)
      : subject_(subject), findings_(findings) {
    for (const Mta& mta : subject.scenario.mtas) {
      for (const std::string& domain : mta.local_domains) {
        local_.insert(domain);
        if (mta.magic_addresses) magic_.insert(domain);
      }
      for (const std::string& domain : mta.relay_domains) relayed_.insert(domain);
      for (const std::string& address : mta.recipients) known_.insert(address);
      for (const scenario::Alias& alias : mta.aliases) {
        known_.insert(alias.address);
        aliases_.emplace(alias.address, &alias);
      }
    }
  }

  void run() {
    for (const scenario::MailboxServer& server : subject_.scenario.mailbox_servers) {
      for (const scenario::MailboxAccount& account : server.accounts) user(account);
    }
    for (const scenario::Step& step : subject_.scenario.story) {
      const auto* writes = std::get_if<scenario::Writes>(&step.action);
      if (writes == nullptr) continue;
      for (const auto* list : {&writes->to, &writes->cc, &writes->bcc}) {
        for (const std::string& address : *list) recipient(address, step.source);
      }
    }
    for (const auto& [address, alias] : aliases_) {
      for (const std::string& target : alias->targets) recipient(target, alias->source);
      circle(address, *alias);
    }
  }

 private:
  // Somebody's mail server has the account's domain, and others find that server.
  void user(const scenario::MailboxAccount& account) {
    const std::string domain(scenario::domain_of(account.user));
    if (!local_.contains(domain) && !relayed_.contains(domain)) {
      findings_.add("user-unreachable", account.source,
                    fmt::format("no mail server takes mail for {}", account.user),
                    fmt::format("add {} to the 'local_domains' of an MTA", domain));
      return;
    }
    if (found_by_dns(domain) || found_by_route(domain) || submitted_to(domain)) return;
    findings_.add("user-unreachable", account.source,
                  fmt::format("no MX record and no route leads to {}", account.user),
                  fmt::format("add an MX record of {} to its zone", domain));
  }

  bool found_by_dns(const std::string& domain) const {
    const dns::Name name = dns::Name::of(domain);
    return subject_.find(name, dns::Type::kMx) != nullptr || !subject_.addresses_of(name).empty();
  }
  bool found_by_route(const std::string& domain) const {
    for (const Mta& mta : subject_.scenario.mtas) {
      for (const scenario::Route& route : mta.routes) {
        const Mta* next = subject_.mta_on(route.server);
        if (next != nullptr &&
            (has(next->local_domains, domain) || has(next->relay_domains, domain)))
          return true;
      }
    }
    return false;
  }
  // On the server that has the domain, its own people reach each other.
  bool submitted_to(const std::string& domain) const {
    for (const scenario::Client& client : subject_.scenario.clients) {
      const Mta* mta = subject_.mta_on(client.submission.name);
      if (mta != nullptr && has(mta->local_domains, domain)) return true;
    }
    return false;
  }

  void recipient(const std::string& address, scenario::SourcePosition source) {
    const std::string domain(scenario::domain_of(address));
    if (local_.contains(domain)) {
      if (known_.contains(address) || magic_.contains(domain) || is_postmaster(address)) return;
      findings_.add("recipient-unknown", source,
                    fmt::format("{} is neither a user nor an alias of {}", address, domain));
      return;
    }
    if (relayed_.contains(domain) || found_by_dns(domain) || known_to_routes(domain)) return;
    findings_.add("recipient-domain-unknown", source,
                  fmt::format("nothing in the scenario takes mail for {}", domain));
  }

  bool known_to_routes(const std::string& domain) const {
    for (const Mta& mta : subject_.scenario.mtas) {
      for (const scenario::Route& route : mta.routes) {
        if (route.domain == domain) return true;
      }
    }
    return false;
  }

  // RFC 5321 section 4.5.1: every domain has one.
  static bool is_postmaster(std::string_view address) {
    return scenario::local_part_of(address) == "postmaster";
  }

  // Circles on one server are errors; these go through several. Each is told once, at the alias
  // whose address comes first.
  void circle(const std::string& start, const scenario::Alias& alias) {
    std::set<std::string> seen;
    std::vector<std::string> open(alias.targets.begin(), alias.targets.end());
    while (!open.empty()) {
      const std::string address = std::move(open.back());
      open.pop_back();
      if (address == start) {
        if (seen.empty() || start < *seen.begin()) {
          findings_.add("alias-circle", alias.source,
                        fmt::format("mail to {} comes back to it through {}", start,
                                    fmt::join(alias.targets, ", ")));
        }
        return;
      }
      const auto next = aliases_.find(address);
      if (next == aliases_.end() || !seen.insert(address).second) continue;
      open.insert(open.end(), next->second->targets.begin(), next->second->targets.end());
    }
  }

  const Subject& subject_;
  Findings& findings_;
  std::set<std::string> local_, relayed_, known_, magic_;
  std::map<std::string, const scenario::Alias*> aliases_;
};

}  // namespace

void check_addressees(const Subject& subject, Findings& findings) {
  AddresseeCheck(subject, findings).run();
}

}  // namespace mailcosm::sim::lint
