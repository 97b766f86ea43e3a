#include "sim/view/mermaid.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"
#include "sim/trace/line_text.h"
#include "sim/trace/time_text.h"

namespace mailcosm::sim::view {
namespace {

// What may stand in any text; the rest of ASCII is written as a code.
bool is_plain(char c) {
  constexpr std::string_view kPlain = " .,:@()/+='!?|^-";
  return ascii::is_alpha(c) || ascii::is_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
         kPlain.find(c) != std::string_view::npos;
}

// A text of a statement, never empty. "wrap:" and "nowrap:" in front of a text are commands.
std::string statement_text(std::string_view text) {
  std::string escaped = mermaid_escaped(text);
  if (escaped.starts_with("wrap:") || escaped.starts_with("nowrap:")) {
    escaped.replace(0, 1, fmt::format("#{};", static_cast<int>(escaped.front())));
  }
  return escaped.find_first_not_of(' ') == std::string::npos ? "(empty)" : escaped;
}

std::string item_text(const Sequence& sequence, const SequenceItem& item) {
  const std::string text = statement_text(printable(item.text, kMermaidColumns));
  switch (item.sort) {
    case SequenceItem::Sort::kArrow:
      return fmt::format("  p{}{}p{}: {}\n", sequence.lane_of(item.from),
                         item.failure  ? "--x"
                         : item.answer ? "-->>"
                                       : "->>",
                         sequence.lane_of(item.to), text);
    case SequenceItem::Sort::kNote:
      return fmt::format("  Note over p{}: {}\n", sequence.lane_of(item.from), text);
    case SequenceItem::Sort::kBanner:
      break;
  }
  const std::size_t last = sequence.lanes.size() - 1;
  return fmt::format("  Note over p0{}: {}\n", last == 0 ? "" : fmt::format(",p{}", last), text);
}

}  // namespace

std::string mermaid_escaped(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (is_plain(c)) {
      escaped += c;
    } else {
      escaped += fmt::format("#{};", static_cast<int>(c));
    }
  }
  return escaped;
}

std::string mermaid_sequence(const Sequence& sequence) {
  std::string text = "sequenceDiagram\n";
  for (std::size_t lane = 0; lane < sequence.lanes.size(); ++lane) {
    text += fmt::format("  participant p{} as {}\n", lane,
                        statement_text(printable(sequence.names[sequence.lanes[lane]], 60)));
  }
  if (sequence.lanes.empty()) return text + "  participant p0 as nobody\n";
  constexpr std::size_t kRoom = 500;  // for the longest item and the last note
  std::size_t shown = 0;
  for (const SequenceItem& item : sequence.items) {
    const std::string next = item_text(sequence, item);
    if (text.size() + next.size() + kRoom > kMermaidOctetsMax) break;
    text += next;
    ++shown;
  }
  const std::uint64_t missing = sequence.items.size() - shown + sequence.left_out;
  if (missing > 0) text += fmt::format("  Note over p0: and {} more\n", missing);
  return text;
}

std::string mermaid_network(const NetworkMap& map) {
  std::string text = "flowchart LR\n";
  std::uint64_t missing = 0;
  const auto add = [&](const std::string& line) {
    constexpr std::size_t kRoom = 100;
    const bool fits = text.size() + line.size() + kRoom <= kMermaidOctetsMax && missing == 0;
    if (fits) text += line;
    missing += fits ? 0 : 1;
  };
  const auto node = [&](HostIndex host) {
    const std::string name = statement_text(printable(map.hosts[host].name, 60));
    return map.hosts[host].has_role("router") ? fmt::format("  h{}((\"{}\"))\n", host, name)
                                              : fmt::format("  h{}[\"{}\"]\n", host, name);
  };
  for (std::size_t area = 0; area < map.areas.size(); ++area) {
    std::string block = fmt::format("  subgraph a{}[\"{}\"]\n", area,
                                    statement_text(printable(map.areas[area].name, 60)));
    for (HostIndex host = 0; host < map.hosts.size(); ++host) {
      if (map.hosts[host].organisation == map.areas[area].name) block += node(host);
    }
    add(block + "  end\n");
  }
  for (HostIndex host = 0; host < map.hosts.size(); ++host) {
    if (map.hosts[host].organisation.empty()) add(node(host));
  }
  for (const MapLink& link : map.links) {
    add(fmt::format("  h{} ---|\"{}\"| h{}\n", link.a, duration_text(link.latency), link.b));
  }
  if (missing > 0) text += fmt::format("  more[\"and {} more lines\"]\n", missing);
  return text;
}

}  // namespace mailcosm::sim::view
