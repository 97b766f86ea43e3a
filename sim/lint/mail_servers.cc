// Settings of mail servers that contradict each other, and log-ins that cannot work.
#include <fmt/format.h>

#include <algorithm>

#include "sim/lint/checks.h"
#include "sim/scenario/names.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::lint {
namespace {

using scenario::Mta;
using scenario::Service;

bool listens(const Mta& mta, Service service) {
  return std::any_of(mta.listeners.begin(), mta.listeners.end(),
                     [&](const auto& listener) { return listener.service == service; });
}

// The most specific route, or null.
const scenario::Route* route_for(const Mta& mta, std::string_view domain) {
  const scenario::Route* best = nullptr;
  for (const scenario::Route& route : mta.routes) {
    const bool fits = route.domain == domain || route.domain == "*" ||
                      (route.domain.starts_with('.') && domain.ends_with(route.domain));
    if (!fits) continue;
    const std::size_t weight = route.domain == "*" ? 0 : route.domain.size();
    if (best == nullptr || weight > (best->domain == "*" ? 0 : best->domain.size())) best = &route;
  }
  return best;
}

class MtaCheck {
 public:
  MtaCheck(const Subject& subject, const Mta& mta, Findings& findings)
      : subject_(subject), mta_(mta), findings_(findings) {
    const scenario::Node* all = subject.at({"agents", "mtas"});
    if (all == nullptr) return;
    for (const scenario::Node& node : all->items) spelled_out_ |= node.source == mta.source;
  }

  void run() {
    times();
    for (const scenario::AddressRange& range : mta_.relay_from) {
      if (range.bits != 0 || !listens(mta_, Service::kSmtp)) continue;
      findings_.add("open-relay", mta_.source,
                    fmt::format("{} passes on mail from anybody to anybody", mta_.host),
                    "name the networks of its own people in 'relay_from'");
    }
    if (spelled_out_ && listens(mta_, Service::kSubmission) && mta_.accounts.empty()) {
      findings_.add("submission-without-accounts", mta_.source,
                    fmt::format("{} takes submissions, but nobody can log in", mta_.host),
                    "add 'accounts'");
    }
    for (const std::string& domain : mta_.local_domains) local(domain);
    magic();
  }

 private:
  void times() {
    if (mta_.retry_first >= mta_.queue_lifetime) {
      findings_.add("no-second-attempt", mta_.source,
                    fmt::format("the first retry, after {}, comes after the end of the queue's "
                                "lifetime, {}",
                                scenario::format_duration(mta_.retry_first),
                                scenario::format_duration(mta_.queue_lifetime)),
                    "set 'retry_first' to less than 'queue_lifetime'");
    }
    if (mta_.delay_notice != Duration{} && mta_.delay_notice >= mta_.queue_lifetime) {
      findings_.add("delay-notice-too-late", mta_.source,
                    fmt::format("the notice of delay, after {}, comes when the mail has been given "
                                "up already, after {}",
                                scenario::format_duration(mta_.delay_notice),
                                scenario::format_duration(mta_.queue_lifetime)),
                    "set 'delay_notice' to less than 'queue_lifetime', or to never");
    }
  }

  void local(const std::string& domain) {
    const bool has_people = std::any_of(
        mta_.recipients.begin(), mta_.recipients.end(),
        [&](const std::string& address) { return scenario::domain_of(address) == domain; });
    const scenario::Route* route = route_for(mta_, domain);
    const bool by_mx = route == nullptr || route->transport == scenario::Transport::kMx;
    if (!has_people || !by_mx) return;
    findings_.add("local-domain-without-route", mta_.source,
                  fmt::format("mail for {} ends on {}, but no route says in which mailbox server",
                              domain, mta_.host),
                  fmt::format("add a route with 'domain: {}' and 'transport: lmtp'", domain));
  }

  void magic() {
    if (!mta_.magic_addresses) return;
    for (const scenario::Step& step : subject_.scenario.story) {
      const auto* writes = std::get_if<scenario::Writes>(&step.action);
      if (writes == nullptr) continue;
      for (const auto* list : {&writes->to, &writes->cc, &writes->bcc}) {
        for (const std::string& address : *list) {
          const std::string_view domain = scenario::domain_of(address);
          for (const auto* mine : {&mta_.local_domains, &mta_.relay_domains}) {
            if (std::find(mine->begin(), mine->end(), domain) != mine->end() &&
                is_magic(scenario::local_part_of(address))) {
              return;
            }
          }
        }
      }
    }
    if (mta_.local_domains.empty() && mta_.relay_domains.empty()) return;
    findings_.add("magic-unused", mta_.source, "magic addresses are on, but nobody writes to one");
  }

  static bool is_magic(std::string_view local) {
    for (std::string_view word : {"greylist", "slow", "drop", "bounce"}) {
      if (local == word) return true;
    }
    return local.size() == 3 && (local[0] == '4' || local[0] == '5');
  }

  const Subject& subject_;
  const Mta& mta_;
  Findings& findings_;
  bool spelled_out_ = false;
};

void check_quotas(const Subject& subject, Findings& findings) {
  for (const scenario::MailboxServer& server : subject.scenario.mailbox_servers) {
    for (const scenario::MailboxAccount& account : server.accounts) {
      if (account.quota == 0) continue;
      for (const Mta& mta : subject.scenario.mtas) {
        const std::string_view domain = scenario::domain_of(account.user);
        if (std::find(mta.local_domains.begin(), mta.local_domains.end(), domain) ==
                mta.local_domains.end() ||
            account.quota >= mta.message_size_max) {
          continue;
        }
        findings.add("quota-below-message-size", account.source,
                     fmt::format("{} has room for {}, but messages may have {}", account.user,
                                 scenario::format_size(account.quota),
                                 scenario::format_size(mta.message_size_max)),
                     "set 'message_size_max' to at most the quota");
        break;
      }
    }
  }
}

// What the server knows of the login: its password, or null.
const std::string* password_at(const Subject& subject, const scenario::Client& client,
                               const scenario::Server& server, bool submission) {
  const auto password_in = [&](const auto* agent) -> const std::string* {
    if (agent == nullptr) return nullptr;
    for (const auto& account : agent->accounts) {
      if (account.user == client.user) return &account.password;
    }
    return nullptr;
  };
  return submission ? password_in(subject.mta_on(server.name))
                    : password_in(subject.mailboxes_on(server.name));
}

void check_logins(const Subject& subject, Findings& findings) {
  for (const scenario::Client& client : subject.scenario.clients) {
    for (const bool submission : {true, false}) {
      const scenario::Server& server = submission ? client.submission : client.retrieval_server;
      // A name that is no host's can only be looked up.
      if (server.name.empty() || subject.host_named(server.name) == nullptr) continue;
      const std::string* password = password_at(subject, client, server, submission);
      if (password == nullptr) {
        findings.add("login-unknown", client.source,
                     fmt::format("{} has no account at {}, where the {} logs in", client.user,
                                 server.name, client.device));
      } else if (*password != client.password) {
        findings.add("password-wrong", client.source,
                     fmt::format("the {} of {} has another password than {}", client.device,
                                 client.user, server.name));
      }
    }
    const std::string_view name = scenario::local_part_of(client.user);
    if (client.password == name || client.password == client.user) {
      findings.add("password-is-user", client.source,
                   fmt::format("the password of {} is the user's name", client.user));
    }
  }
}

}  // namespace

void check_mail_servers(const Subject& subject, Findings& findings) {
  for (const Mta& mta : subject.scenario.mtas) MtaCheck(subject, mta, findings).run();
  check_quotas(subject, findings);
  check_logins(subject, findings);
}

}  // namespace mailcosm::sim::lint
