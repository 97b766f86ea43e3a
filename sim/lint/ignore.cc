#include "sim/lint/ignore.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "sim/scenario/suggest.h"

namespace mailcosm::sim::lint {
namespace {

using scenario::Node;
using scenario::SourcePosition;

constexpr std::string_view kKey = "x-ignore";

auto order(const SourcePosition& source) { return std::tuple(source.line, source.column); }

bool inside(const SourcePosition& source, const SourcePosition& first, const SourcePosition& last) {
  return source.file == first.file && order(first) <= order(source) && order(source) <= order(last);
}

// Their keys are words of the message or the trace, not of the language.
bool holds_foreign_keys(std::string_view key) { return key == "headers" || key == "fields"; }

}  // namespace

Exemptions::Exemptions(const Node& root) { collect(root, root.source, true); }

// Gives the last place inside the node.
SourcePosition Exemptions::collect(const Node& node, SourcePosition first, bool top) {
  SourcePosition last = node.source;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const bool named = node.is_map();
    if (named && holds_foreign_keys(node.keys[i].text)) continue;
    const SourcePosition from = named ? node.keys[i].source : node.items[i].source;
    const SourcePosition to = collect(node.items[i], from, false);
    if (order(last) < order(to)) last = to;
  }
  if (const Node* words = node.is_map() ? node.find(kKey) : nullptr) {
    Range range{first, last, top, {}};
    if (words->is_scalar()) range.words.push_back({words->text, words->source, false});
    for (const Node& word : words->items) range.words.push_back({word.text, word.source, false});
    ranges_.push_back(std::move(range));
  }
  return last;
}

bool Exemptions::covers(const Finding& finding) {
  bool covered = false;
  for (Range& range : ranges_) {
    if (!range.whole_file && !inside(finding.source, range.first, range.last)) continue;
    for (Word& word : range.words) {
      if (word.rule != finding.rule->name) continue;
      word.used = true;
      covered = true;
    }
  }
  return covered;
}

void Exemptions::apply(Findings& findings) {
  std::vector<Finding>& all = findings.all();
  std::vector<Finding> kept;
  for (Finding& finding : all) {
    if (!covers(finding)) kept.push_back(std::move(finding));
  }
  all = std::move(kept);
  std::vector<std::string_view> names;
  for (const Rule& rule : rules()) names.push_back(rule.name);
  for (const Range& range : ranges_) {
    for (const Word& word : range.words) {
      if (find_rule(word.rule) == nullptr) {
        findings.add("ignore-unknown", word.source,
                     fmt::format("x-ignore: there is no rule '{}'", word.rule),
                     scenario::suggestion_for(word.rule, names));
      } else if (!word.used) {
        findings.add("ignore-unused", word.source,
                     fmt::format("x-ignore: '{}' finds nothing here", word.rule),
                     "leave it out, or move it to the mapping that is meant");
      }
    }
  }
}

}  // namespace mailcosm::sim::lint
