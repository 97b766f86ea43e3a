#include <fmt/format.h>

#include "sim/view/link_text.h"
#include "sim/view/svg.h"
#include "sim/view/svg_frame.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::size_t kNameColumns = 24;
constexpr std::size_t kFullColumns = 200;
// Shorter links are not labelled: they are those of a local network.
constexpr Duration kLabelledLatency = std::chrono::milliseconds(1);

// Shapes about 44 wide and 36 high around (0, 0); one for each role, so that none needs a colour.
std::string_view shape_of(const MapHost& host) {
  if (host.has_role("router"))
    return R"(<circle class="box" r="17"/><path class="flow" d="M-9,0H9M0,-9V9"/>)";
  if (host.has_role("client")) {
    return R"(<rect class="box" x="-20" y="-18" width="40" height="26" rx="3"/><path class="flow" d="M-10,16H10M0,8V16"/>)";
  }
  if (host.has_role("mailbox")) {
    return R"(<path class="box" d="M-18,-12V12A18,6 0 0 0 18,12V-12"/><ellipse class="box" cy="-12" rx="18" ry="6"/>)";
  }
  if (host.has_role("dns") || host.has_role("resolver")) {
    return R"(<path class="box" d="M-22,0L-11,-17H11L22,0L11,17H-11Z"/>)";
  }
  if (host.has_role("mta")) {
    return R"(<rect class="box" x="-22" y="-16" width="44" height="32"/><path class="flow" d="M-22,-16L0,4L22,-16"/>)";
  }
  return R"(<rect class="box" x="-20" y="-16" width="40" height="32"/>)";
}

std::string host_svg(const MapHost& host) {
  return fmt::format(
      "<g transform=\"translate({},{})\"><title>{}</title>{}<text class=\"halo\" y=\"34\" "
      "text-anchor=\"middle\">{}</text><text class=\"faint halo\" y=\"48\" "
      "text-anchor=\"middle\">{}</text></g>\n",
      host.x, host.y, svg_text(host.name, kFullColumns), shape_of(host),
      svg_text(host.name, kNameColumns), svg_text(host.roles, kNameColumns));
}

// In the middle; at a steep link lower and beside it, away from the name of the upper host.
std::string label_svg(const MapHost& a, const MapHost& b, const std::string& label) {
  const std::int32_t wide = a.x > b.x ? a.x - b.x : b.x - a.x;
  const std::int32_t high = a.y > b.y ? a.y - b.y : b.y - a.y;
  const MapHost& upper = a.y < b.y ? a : b;
  const MapHost& lower = a.y < b.y ? b : a;
  const bool steep = high > wide;
  const std::int32_t x = steep ? (upper.x + 2 * lower.x) / 3 + 8 : (a.x + b.x) / 2;
  const std::int32_t y = steep ? (upper.y + 2 * lower.y) / 3 + 6 : (a.y + b.y) / 2 - 6;
  return fmt::format("<text class=\"faint halo\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n",
                     x, y, steep ? "start" : "middle", label);
}

std::string link_svg(const NetworkMap& map, const MapLink& link) {
  const MapHost& a = map.hosts[link.a];
  const MapHost& b = map.hosts[link.b];
  const std::string label = svg_text(link_text(link), kFullColumns);
  std::string text = fmt::format(
      "<line class=\"link\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"><title>{} - {}: "
      "{}</title></line>\n",
      a.x, a.y, b.x, b.y, svg_text(a.name, kFullColumns), svg_text(b.name, kFullColumns), label);
  if (link.latency >= kLabelledLatency || link.loss_per_million > 0) {
    text += label_svg(a, b, label);
  }
  return text;
}

}  // namespace

std::string svg_network(const NetworkMap& map, std::string_view title) {
  std::string text = svg_head(map.width, map.height, fmt::format("Network of \"{}\"", title),
                              fmt::format("{} hosts in {} organisations and {} links.",
                                          map.hosts.size(), map.areas.size(), map.links.size()));
  for (const MapArea& area : map.areas) {
    text += fmt::format(
        "<rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"10\"/>"
        "<text class=\"strong\" x=\"{}\" y=\"{}\">{}</text>\n",
        area.x, area.y, area.width, area.height, area.x + 14, area.y + 24,
        svg_text(area.name, kFullColumns));
  }
  for (const MapLink& link : map.links) text += link_svg(map, link);
  for (const MapHost& host : map.hosts) text += host_svg(host);
  return text + svg_tail();
}

}  // namespace mailcosm::sim::view
