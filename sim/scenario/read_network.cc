#include "sim/scenario/read_network.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"
#include "sim/scenario/organisation.h"

namespace mailcosm::sim::scenario {
namespace {

SourcePosition text_source_of(const Node& text) {
  SourcePosition source = text.source;
  // A block scalar begins behind its '|', in the next line.
  if (text.quoted && text.text.find('\n') != std::string::npos) source.line += 1, source.column = 1;
  return source;
}

void read_link(const Node& node, Draft& draft) {
  const Fields fields(node, kLinkShape);
  const std::vector<std::string> ends = fields.names("between");
  if (ends.size() != 2) {
    draft.reporter.add(fields.source("between"), fmt::format("between: {} machines", ends.size()),
                       "A link has two ends.", "for example [mail.red.com, router.red.com]");
    return;
  }
  Link link;
  link.a = ends[0];
  link.b = ends[1];
  link.source = node.source;
  link.latency = fields.duration("latency");
  link.bandwidth = fields.bandwidth("bandwidth");
  link.jitter = fields.duration("jitter");
  link.loss = fields.fraction("loss");
  link.duplication = fields.fraction("duplication");
  link.reorders = fields.flag("reorders");
  link.queue = fields.integer("queue");
  link.up = fields.flag("up");
  draft.scenario.links.push_back(std::move(link));
}

}  // namespace

void apply_link_settings(const Fields& settings, Link& link) {
  if (settings.has("latency")) link.latency = settings.duration("latency");
  if (settings.has("bandwidth")) link.bandwidth = settings.bandwidth("bandwidth");
  if (settings.has("jitter")) link.jitter = settings.duration("jitter");
  if (settings.has("loss")) link.loss = settings.fraction("loss");
  if (settings.has("duplication")) link.duplication = settings.fraction("duplication");
  if (settings.has("reorders")) link.reorders = settings.flag("reorders");
  if (settings.has("queue")) link.queue = settings.integer("queue");
  if (settings.has("up")) link.up = settings.flag("up");
  if (!settings.node().is_nothing()) link.source = settings.source();
}

void read_routers(const Fields& scenario, Draft& draft) {
  for (const Fields::Entry& entry : scenario.map("routers")) {
    const Fields fields(*entry.value, kRouterShape);
    draft.add_router(
        {ascii::to_lower(entry.key->text), fields.name("organisation"), entry.key->source});
  }
}

void read_links(const Fields& scenario, Draft& draft) {
  for (const Node* node : scenario.list("links")) read_link(*node, draft);
}

void read_zones(const Fields& scenario, Draft& draft) {
  for (const Node* node : scenario.list("zones")) {
    const Fields fields(*node, kZoneShape);
    Zone zone;
    zone.origin = fields.name("origin");
    zone.text = fields.text("text");
    if (!zone.text.empty() && !zone.text.ends_with('\n')) zone.text.push_back('\n');
    zone.servers = fields.names("servers");
    zone.source = node->source;
    zone.text_source = text_source_of(*fields.find("text"));
    draft.scenario.zones.push_back(std::move(zone));
  }
}

std::set<std::string> linked_machines(const Fields& scenario) {
  std::set<std::string> machines;
  for (const Node* node : scenario.list("links")) {
    for (std::string& name : Fields(*node, kLinkShape).names("between"))
      machines.insert(std::move(name));
  }
  return machines;
}

}  // namespace mailcosm::sim::scenario
