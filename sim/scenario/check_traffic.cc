#include <fmt/format.h>

#include <map>
#include <set>

#include "sim/scenario/check_model.h"
#include "sim/scenario/suggest.h"

namespace mailcosm::sim::scenario {
namespace {

class TrafficCheck {
 public:
  explicit TrafficCheck(Draft& draft)
      : draft_(draft), reporter_(draft.reporter), traffic_(draft.scenario.traffic) {
    for (const UserGroup& group : traffic_.groups) domains_.insert(group.domain);
    for (const MailboxServer& server : draft.scenario.mailbox_servers)
      servers_.emplace(server.host, &server);
  }

  void run() {
    for (const Mta& mta : draft_.scenario.mtas) users_of(mta.users_of, mta.source);
    for (const MailboxServer& server : draft_.scenario.mailbox_servers)
      users_of(server.users_of, server.source);
    std::int64_t users = 0;
    for (const UserGroup& group : traffic_.groups) users += group.count;
    for (const TrafficSource& source : traffic_.sources) check_source(source, users);
  }

 private:
  void users_of(const std::vector<std::string>& domains, SourcePosition source) {
    for (const std::string& domain : domains) {
      if (domains_.contains(domain)) continue;
      reporter_.add(
          source, fmt::format("users_of: there are no users of {}", domain),
          "The traffic counts none.",
          suggestion_for(domain, std::vector<std::string_view>(domains_.begin(), domains_.end())));
    }
  }

  void host(const std::string& name, std::string_view what, SourcePosition source) {
    if (draft_.hosts.contains(name)) return;
    std::vector<std::string_view> known;
    for (const auto& [host, index] : draft_.hosts) known.push_back(host);
    reporter_.add(source, fmt::format("{}: there is no host '{}'", what, name),
                  "The users' programs could do nothing.", suggestion_for(name, known));
  }

  void check_source(const TrafficSource& source, std::int64_t users) {
    host(source.host, "source", source.source);
    host(source.submission.name, "submission_server", source.source);
    if (source.first + source.users > users) {
      reporter_.add(source.source,
                    fmt::format("source: users {} to {} of {}", source.first + 1,
                                source.first + source.users, users),
                    "Users are counted through all groups.");
    }
    if (!hosts_.insert(source.host).second) {
      reporter_.add(source.source, fmt::format("source: {} has two", source.host),
                    "All that its users do is one source.");
    }
    check_retrieval(source);
  }

  void check_retrieval(const TrafficSource& source) {
    const TrafficReaders& readers = traffic_.readers;
    if (readers.imap == 0 && readers.pop3 == 0) return;
    const auto server = servers_.find(source.retrieval_server);
    if (server == servers_.end()) {
      reporter_.add(source.source,
                    source.retrieval_server.empty()
                        ? std::string("source: it has no retrieval_server")
                        : fmt::format("source: '{}' is no mailbox server", source.retrieval_server),
                    "There are readers, who could get no mail.");
      return;
    }
    if (readers.imap > 0) offers(*server->second, Service::kImap, source.imap_port, source);
    if (readers.pop3 > 0) offers(*server->second, Service::kPop3, source.pop3_port, source);
  }

  void offers(const MailboxServer& server, Service service, std::uint16_t port,
              const TrafficSource& source) {
    for (const Listener& listener : server.listeners) {
      if (listener.service == service && listener.port == port) return;
    }
    reporter_.add(source.source,
                  fmt::format("source: {} does not offer {} on port {}", server.host,
                              service == Service::kPop3 ? "pop3" : "imap", port),
                  "There are readers, who could get no mail.");
  }

  Draft& draft_;
  Reporter& reporter_;
  const Traffic& traffic_;
  std::set<std::string_view> domains_;
  std::set<std::string_view> hosts_;
  std::map<std::string_view, const MailboxServer*> servers_;
};

}  // namespace

void check_traffic(Draft& draft) { TrafficCheck(draft).run(); }

}  // namespace mailcosm::sim::scenario
