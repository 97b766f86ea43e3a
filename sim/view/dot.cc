#include "sim/view/dot.h"

#include <fmt/format.h>

#include "sim/trace/line_text.h"
#include "sim/view/link_text.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::size_t kColumns = 100;

std::string_view shape_of(const MapHost& host) {
  if (host.has_role("router")) return "circle";
  if (host.has_role("mailbox")) return "cylinder";
  if (host.has_role("dns") || host.has_role("resolver")) return "hexagon";
  return host.has_role("client") ? "house" : "box";
}

std::string node(const NetworkMap& map, HostIndex host) {
  const MapHost& it = map.hosts[host];
  const std::string name = printable(it.name, kColumns);
  // In points, with y upwards.
  return fmt::format("  h{} [label={}, tooltip={}, shape={}, pos=\"{},{}!\"];\n", host,
                     dot_quoted(name), dot_quoted(printable(it.roles, kColumns)), shape_of(it),
                     it.x, map.height - it.y);
}

}  // namespace

std::string dot_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '&') {
      quoted += "&amp;";  // labels know the character references of HTML
    } else {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string dot_network(const NetworkMap& map) {
  std::string text =
      "graph mailcosm {\n  graph [overlap=false, splines=false, outputorder=edgesfirst];\n"
      "  node [fontname=\"sans-serif\", style=filled, fillcolor=white];\n"
      "  edge [fontname=\"sans-serif\", fontsize=10];\n";
  for (std::size_t area = 0; area < map.areas.size(); ++area) {
    text += fmt::format("  subgraph cluster_{} {{\n  label={};\n", area,
                        dot_quoted(printable(map.areas[area].name, kColumns)));
    for (HostIndex host = 0; host < map.hosts.size(); ++host) {
      if (map.hosts[host].organisation == map.areas[area].name) text += "  " + node(map, host);
    }
    text += "  }\n";
  }
  for (HostIndex host = 0; host < map.hosts.size(); ++host) {
    if (map.hosts[host].organisation.empty()) text += node(map, host);
  }
  for (const MapLink& link : map.links) {
    text += fmt::format("  h{} -- h{} [label={}];\n", link.a, link.b, dot_quoted(link_text(link)));
  }
  return text + "}\n";
}

}  // namespace mailcosm::sim::view
