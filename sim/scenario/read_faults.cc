#include "sim/scenario/read_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/dns/type.h"
#include "sim/scenario/fault_text.h"
#include "sim/scenario/reply_fault_check.h"
#include "sim/scenario/suggest.h"
#include "sim/scenario/topic_reader.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

// Verbs in capitals; the two moments that are no commands in small letters.
std::string command_of(std::string_view text) {
  const std::string folded = ascii::to_lower(text);
  if (folded == "connect" || folded == "message") return folded;
  return ascii::to_upper(text);
}

Check check_of(std::string property) {
  Check check;
  check.property = std::move(property);
  return check;
}

class FaultReader {
 public:
  FaultReader(const Node& node, const People& people, Draft& draft)
      : fields_(node, kFaultShape), people_(people), draft_(draft), reporter_(draft.reporter) {}

  void run() {
    fault_.source = fields_.source();
    times();
    if (fields_.has("when")) condition(fields_.object("when"));
    if (fields_.has("link")) link(fields_.object("link"));
    if (fields_.has("partition")) partition(fields_.object("partition"));
    if (fields_.has("host")) host(fields_.object("host"));
    if (fields_.has("disk")) disk(fields_.object("disk"));
    if (fields_.has("dns")) dns(fields_.object("dns"));
    if (fields_.has("replies")) replies(fields_.object("replies"));
    fault_.sentence = fields_.has("says") ? fields_.text("says") : sentence_of(fault_.effect);
    draft_.scenario.faults.push_back(std::move(fault_));
  }

 private:
  void times() {
    const Instant until = draft_.scenario.until;
    fault_.at = Instant{} + (fields_.has("at") ? fields_.duration("at") : Duration{});
    if (fault_.at > until) {
      reporter_.add(fields_.source("at"), "at: this is after the end of the run",
                    fmt::format("The run ends after {}.", format_duration(until - Instant{})),
                    "set 'until' to a later time");
    }
    if (fields_.has("at") && fields_.has("when")) {
      reporter_.add(fields_.source("when"), "fault: both 'at' and 'when'",
                    "It begins at a time, or when something happens.", "leave one of them out");
    }
    if (!fields_.has("for")) return;
    fault_.span = fields_.duration("for");
    if (fault_.span <= Duration{}) {
      reporter_.add(fields_.source("for"), "for: it must be more than 0 s",
                    "A fault that lasts no time changes nothing.");
    }
  }

  void condition(const Fields& fields) {
    FaultCondition condition;
    const bool line = fields.has("line");
    condition.topic = line ? Topic::kLine : Topic::kEvent;
    const Shape& shape = line ? kLineTopicShape : kEventTopicShape;
    read_topic(fields.object(line ? "line" : "event"), shape, people_, draft_, condition.where);
    condition.nth = fields.integer("nth");
    condition.after = fields.duration("after");
    if (condition.where.empty()) {
      reporter_.add(fields.source("line"), "line: it does not say which",
                    "Any line at all would let the fault begin.",
                    "for example '{host: mx1.blue.com, text: DATA}'");
    }
    fault_.when = std::move(condition);
  }

  bool host_exists(const Fields& fields, std::string_view key, const std::string& name) {
    if (draft_.hosts.contains(name)) return true;
    if (draft_.machines.contains(name)) {
      reporter_.add(fields.source(key), fmt::format("{}: only a router is called '{}'", key, name),
                    "Programs, disks and power are things of hosts.");
      return false;
    }
    report_no_host(name, fields.source(key), "Nothing could ever break there.", draft_);
    return false;
  }

  void link(const Fields& fields) {
    LinkFault fault;
    const std::vector<std::string> ends = fields.names("between");
    if (ends.size() != 2) {
      reporter_.add(fields.source("between"), fmt::format("between: {} machines", ends.size()),
                    "A link has two ends.", "for example [router.red.com, internet]");
      return;
    }
    fault.a = ends[0];
    fault.b = ends[1];
    check_link_exists(fields, fault);
    fault.one_way = fields.flag("one_way");
    if (fields.has("latency")) fault.latency = fields.duration("latency");
    if (fields.has("jitter")) fault.jitter = fields.duration("jitter");
    if (fields.has("bandwidth")) fault.bandwidth = fields.bandwidth("bandwidth");
    if (fields.has("loss")) fault.loss = fields.fraction("loss");
    if (fields.has("duplication")) fault.duplication = fields.fraction("duplication");
    if (fields.has("queue")) fault.queue = fields.integer("queue");
    if (fields.has("reorders")) fault.reorders = fields.flag("reorders");
    if (fields.has("up")) fault.up = fields.flag("up");
    if (fault.latency && *fault.latency <= Duration{}) {
      reporter_.add(fields.source("latency"), "latency: it must be at least 1 ns",
                    "Nothing arrives at the moment it is sent; the order of events rests on this.");
    }
    if (fields.has("flaps")) flaps(fields, fault);
    const bool changes = fault.latency || fault.jitter || fault.bandwidth || fault.loss ||
                         fault.duplication || fault.queue || fault.reorders || fault.up ||
                         fields.has("flaps");
    if (!changes) {
      reporter_.add(fields.source(), "link: it does not say what changes",
                    "Without a setting nothing would be different.", "for example 'up: false'");
    }
    fault_.effect = fault;
  }

  void flaps(const Fields& fields, LinkFault& fault) {
    const Fields flaps = fields.object("flaps");
    fault.flap_down = flaps.duration("down");
    fault.flap_up = flaps.duration("up");
    for (const char* key : {"down", "up"}) {
      if (flaps.duration(key) > Duration{}) continue;
      reporter_.add(flaps.source(key), fmt::format("{}: it must be more than 0 s", key),
                    "The link would change again and again in the same moment.");
    }
    if (fault.up) {
      reporter_.add(fields.source("up"), "link: both 'up' and 'flaps'",
                    "A link that flaps is down and up in turns.", "leave one of them out");
    }
    if (!fields_.has("for")) {
      reporter_.add(fields.source("flaps"), "flaps: the fault has no 'for'",
                    "The link would go down and up to the end of the run, which would then never "
                    "be idle.",
                    "for example 'for: 2 min'");
    }
  }

  void check_link_exists(const Fields& fields, const LinkFault& fault) {
    std::vector<std::string_view> neighbours;
    for (const Link& link : draft_.scenario.links) {
      if ((link.a == fault.a && link.b == fault.b) || (link.a == fault.b && link.b == fault.a))
        return;
      if (link.a == fault.a) neighbours.push_back(link.b);
      if (link.b == fault.a) neighbours.push_back(link.a);
    }
    for (const Node* end : fields.list("between")) {
      const std::string name = ascii::to_lower(end->text);
      if (draft_.machines.contains(name)) continue;
      std::vector<std::string_view> known;
      for (const auto& [machine, source] : draft_.machines) known.push_back(machine);
      reporter_.add(end->source, fmt::format("between: there is no machine '{}'", name),
                    "A link joins two hosts or routers.", suggestion_for(name, known));
      return;
    }
    reporter_.add(fields.source("between"),
                  fmt::format("between: there is no link between {} and {}", fault.a, fault.b),
                  "Machines of an organisation are linked with its router, and that one with "
                  "'internet'.",
                  suggestion_for(fault.b, neighbours));
  }

  void partition(const Fields& fields) {
    std::set<std::string> group;
    for (const Node* node : fields.list("cuts_off")) add_to_group(*node, group);
    const auto crosses = [&](const Link& link) {
      return group.contains(link.a) != group.contains(link.b);
    };
    const auto& links = draft_.scenario.links;
    if (!group.empty() && std::none_of(links.begin(), links.end(), crosses)) {
      reporter_.add(fields.source("cuts_off"),
                    "cuts_off: no link leads from these machines to others",
                    "There is nothing to cut.");
    }
    fault_.effect = PartitionFault{{group.begin(), group.end()}};
  }

  // A machine of that name, or all that belong to that organisation.
  void add_to_group(const Node& node, std::set<std::string>& group) {
    const std::string name = ascii::to_lower(node.text);
    if (draft_.machines.contains(name)) {
      group.insert(name);
      return;
    }
    std::set<std::string_view> organisations;
    const auto look_at = [&](const auto& machines) {
      for (const auto& machine : machines) {
        organisations.insert(machine.organisation);
        if (machine.organisation == name) group.insert(machine.name);
      }
    };
    look_at(draft_.scenario.hosts);
    look_at(draft_.scenario.routers);
    if (organisations.contains(name)) return;
    organisations.erase("");
    std::vector<std::string_view> known(organisations.begin(), organisations.end());
    for (const auto& [machine, source] : draft_.machines) known.push_back(machine);
    reporter_.add(
        node.source, fmt::format("cuts_off: there is no machine or organisation '{}'", name),
        "A part of the network is named by what lies in it.", suggestion_for(name, known));
  }

  void host(const Fields& fields) {
    HostFault fault;
    fault.host = fields.name("name");
    fault.loses_everything = fields.choice("loses") == 1;
    host_exists(fields, "name", fault.host);
    fault_.effect = std::move(fault);
  }

  void disk(const Fields& fields) {
    DiskFault fault{fields.name("host"), fields.flag("full"), fields.duration("slow"),
                    fields.flag("fails")};
    host_exists(fields, "host", fault.host);
    if (!fault.full && !fault.fails && fault.slow == Duration{}) {
      reporter_.add(fields.source(), "disk: it does not say what is wrong with it",
                    "Without an effect nothing would be different.", "for example 'full: true'");
    }
    fault_.effect = std::move(fault);
  }

  void dns(const Fields& fields) {
    DnsFault fault;
    fault.host = fields.name("host");
    if (const Node* name = fields.find("name")) {
      read_checks(*name, Type::kText, check_of("name"), fault.name);
    }
    fault.type = ascii::to_upper(fields.text("type"));
    if (!fault.type.empty() && !mailcosm::dns::type_of(fault.type)) {
      reporter_.add(fields.source("type"), fmt::format("type: '{}' is no record type", fault.type),
                    "One of A, AAAA, CNAME, MX, NS, PTR, SOA, SRV, TXT and others.");
    }
    if (fields.has("count")) fault.count = fields.integer("count");
    if (fields.has("answers")) fault.answers = static_cast<DnsAnswer>(fields.choice("answers") + 1);
    fault.delay = fields.duration("delay");
    if (fault.answers == DnsAnswer::kUsual && fault.delay == Duration{}) {
      reporter_.add(fields.source(), "dns: it does not say what happens",
                    "Without an effect nothing would be different.",
                    "for example 'answers: servfail'");
    }
    if (host_exists(fields, "host", fault.host) && !answers_names(fault.host)) {
      reporter_.add(fields.source("host"), fmt::format("dns: {} answers no queries", fault.host),
                    "It has neither a name server nor a resolver.",
                    "name a host such as ns1.blue.com or resolver.blue.com");
    }
    if (fault.answers == DnsAnswer::kLame && answers_names(fault.host) && !has_zones(fault.host)) {
      reporter_.add(fields.source("answers"), "answers: only a name server can be lame",
                    fmt::format("{} has no zones; it asks others.", fault.host),
                    "use servfail, refused or nothing");
    }
    fault_.effect = std::move(fault);
  }

  bool has_zones(const std::string& host) const {
    const auto& servers = draft_.scenario.dns_servers;
    return std::any_of(servers.begin(), servers.end(),
                       [&](const DnsServer& server) { return server.host == host; });
  }

  bool answers_names(const std::string& host) const {
    const auto is_there = [&](const auto& agents) {
      return std::any_of(agents.begin(), agents.end(),
                         [&](const auto& agent) { return agent.host == host; });
    };
    return is_there(draft_.scenario.dns_servers) || is_there(draft_.scenario.resolvers);
  }

  void replies(const Fields& fields) {
    ReplyFault fault;
    fault.host = fields.name("host");
    fault.protocol = fields.text("protocol");
    fault.command = command_of(fields.text("command"));
    if (const Node* text = fields.find("text")) {
      read_checks(*text, Type::kText, check_of("text"), fault.text);
    }
    if (fields.has("count")) fault.count = fields.integer("count");
    if (fields.has("over")) fault.over = fields.integer("over");
    if (fields.has("per")) fault.per = fields.duration("per");
    fault.answers = fields.text("answers");
    fault.drops = fields.flag("drops");
    fault.delay = fields.duration("delay");
    if (host_exists(fields, "host", fault.host)) check_reply_fault(fields, fault, draft_);
    fault_.effect = std::move(fault);
  }

  Fields fields_;
  const People& people_;
  Draft& draft_;
  Reporter& reporter_;
  Fault fault_;
};

}  // namespace

void read_faults(const Fields& scenario, const People& people, Draft& draft) {
  for (const Node* node : scenario.list("faults")) FaultReader(*node, people, draft).run();
}

}  // namespace mailcosm::sim::scenario
