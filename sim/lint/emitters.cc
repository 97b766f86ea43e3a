#include "sim/lint/emitters.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace mailcosm::sim::lint {
namespace {

using scenario::Check;
using scenario::Comparison;
using scenario::Service;
using scenario::Topic;

// Programs of one host, or of all.
struct Programs {
  bool client = false, mta = false, mailbox = false, dns = false, resolver = false, faults = false;
  std::set<std::string_view> protocols;

  bool any() const { return client || mta || mailbox || dns || resolver; }
};

std::string_view name_of(Service service) {
  constexpr std::string_view kNames[] = {"smtp", "submission", "lmtp", "pop3", "imap"};
  return kNames[static_cast<std::size_t>(service)];
}

void add_mta(const scenario::Mta& mta, Programs& programs) {
  programs.mta = true;
  programs.protocols.insert("smtp");
  for (const scenario::Listener& listener : mta.listeners)
    programs.protocols.insert(name_of(listener.service));
  for (const scenario::Route& route : mta.routes) {
    if (route.transport == scenario::Transport::kLmtp) programs.protocols.insert("lmtp");
  }
}

// An empty host means all.
Programs programs_on(const Subject& subject, std::string_view host) {
  Programs programs;
  const auto here = [&](const std::string& name) { return host.empty() || name == host; };
  const scenario::Scenario& scenario = subject.scenario;
  for (const auto& server : scenario.dns_servers) programs.dns |= here(server.host);
  for (const auto& resolver : scenario.resolvers) programs.resolver |= here(resolver.host);
  if (programs.dns || programs.resolver) programs.protocols.insert("dns-tcp");
  for (const auto& mta : scenario.mtas) {
    if (here(mta.host)) add_mta(mta, programs);
  }
  for (const auto& server : scenario.mailbox_servers) {
    if (!here(server.host)) continue;
    programs.mailbox = true;
    for (const auto& listener : server.listeners)
      programs.protocols.insert(name_of(listener.service));
  }
  for (const auto& client : scenario.clients) {
    if (!here(client.host)) continue;
    programs.client = true;
    if (!client.submission.name.empty()) programs.protocols.insert("submission");
    if (client.retrieval == scenario::Retrieval::kPop3) programs.protocols.insert("pop3");
    if (client.retrieval == scenario::Retrieval::kImap) programs.protocols.insert("imap");
  }
  const scenario::TrafficReaders& readers = scenario.traffic.readers;
  for (const auto& source : scenario.traffic.sources) {
    if (!here(source.host)) continue;
    programs.client = true;
    programs.protocols.insert("submission");
    if (readers.pop3 > 0) programs.protocols.insert("pop3");
    if (readers.imap > 0) programs.protocols.insert("imap");
  }
  programs.faults = !scenario.faults.empty();
  for (const scenario::Step& step : scenario.story)
    programs.faults |= std::holds_alternative<scenario::LosesDevice>(step.action);
  return programs;
}

// What is missing that could make records of the kind; empty if it is there.
std::string_view missing_client_or_mta(std::string_view kind, const Programs& programs) {
  const auto is_one_of = [&](std::initializer_list<std::string_view> kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  if (is_one_of({"message.composed", "message.submitted", "message.submission_failed",
                 "mail.checked", "mail.check_failed", "message.fetched", "message.deleted"})) {
    return programs.client ? "" : "mail program";
  }
  if (is_one_of({"queue.moved", "recipient.expanded", "mx.selected", "recipient.delivered",
                 "recipient.deferred", "recipient.bounced", "bounce.created", "loop.detected",
                 "message.removed"})) {
    return programs.mta ? "" : "MTA";
  }
  return {};
}

std::string_view missing_part(std::string_view kind, const Programs& programs) {
  if (const std::string_view part = missing_client_or_mta(kind, programs); !part.empty())
    return part;
  if (kind == "message.accepted" || kind == "message.rejected")
    return programs.mta || programs.mailbox ? "" : "mail server";
  if (kind.starts_with("mailbox.") || kind == "message.stored" || kind == "flags.changed" ||
      kind == "message.expunged") {
    return programs.mailbox ? "" : "mailbox server";
  }
  if (kind.starts_with("cache.")) return programs.resolver ? "" : "resolver";
  if (kind.starts_with("line.") || kind.starts_with("data."))
    return programs.client || programs.mta || programs.mailbox ? "" : "mail program or mail server";
  if (kind.starts_with("fault.") || kind == "host.crashed" || kind == "host.restarted" ||
      kind == "link.changed") {
    return programs.faults ? "" : "fault";
  }
  return {};
}

// The one text that a property must be, if it must be one.
std::string_view wanted(const std::vector<Check>& where, std::string_view property,
                        std::string_view field = {}) {
  for (const Check& check : where) {
    if (check.property == property && check.header == field &&
        check.comparison == Comparison::kIs) {
      return check.text;
    }
  }
  return {};
}

}  // namespace

std::string impossible(const Subject& subject, Topic topic, const std::vector<Check>& where) {
  const std::string_view host = wanted(where, "host");
  const Programs programs = programs_on(subject, host);
  const std::string place = host.empty() ? "in this scenario" : fmt::format("on {}", host);
  std::string_view kind = wanted(where, "kind"), protocol = wanted(where, "protocol");
  if (topic == Topic::kLine) kind = "line.sent";
  if (topic == Topic::kReceived) kind = "message.fetched";
  if (topic == Topic::kBounce) kind = "bounce.created";
  if (topic == Topic::kDelay) kind = "message.stored";
  if (topic == Topic::kEvent) protocol = wanted(where, "field", "protocol");
  const bool dialogue = kind.starts_with("line.") || kind.starts_with("data.");
  if (const std::string_view part = missing_part(kind, programs); !part.empty())
    return fmt::format("there is no {} {}", part, place);
  if (dialogue && !protocol.empty() && !programs.protocols.contains(protocol))
    return fmt::format("nothing {} speaks {}", place, protocol);
  return {};
}

}  // namespace mailcosm::sim::lint
