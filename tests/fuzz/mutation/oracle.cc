#include "tests/fuzz/mutation/oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "protocols/base/ascii.h"
#include "sim/scenario/expand.h"
#include "sim/scenario/keys.h"
#include "sim/scenario/parse.h"
#include "sim/scenario/reporter.h"
#include "sim/scenario/units.h"
#include "sim/scenario/yaml_reader.h"

namespace mailcosm::test {
namespace {

using namespace sim::scenario;

// Keys that say nothing about the simulated world: the name of an organisation, and what tools
// read.
bool is_for_people(std::string_view path) {
  const std::size_t dot = path.rfind('/');
  const std::string_view key = path.substr(dot == std::string_view::npos ? 0 : dot + 1);
  if (key == "x-ignore" || key == "x-ties") return true;
  return key == "name" && path.starts_with("/organisations/") &&
         std::count(path.begin(), path.end(), '/') == 3;
}

// A value without its spelling: quantities as numbers, names in lower case.
std::string folded(const Node& node) {
  std::string text = ascii::to_lower(node.text);
  if (const auto duration = parse_duration(node.text))
    return fmt::format("duration {}", duration->count());
  if (const auto size = parse_size(node.text)) return fmt::format("size {}", *size);
  if (const auto fraction = parse_fraction(node.text)) return fmt::format("fraction {}", *fraction);
  if (const auto rate = parse_bandwidth(node.text)) return fmt::format("bandwidth {}", *rate);
  return text;
}

struct Leaf {
  std::string path;
  std::string value;
  friend auto operator<=>(const Leaf&, const Leaf&) = default;
};

// Steps of the story happen by their times, wherever they stand; equal ones in the order of the
// text.
std::vector<const Node*> in_order(const Node& node, std::string_view path) {
  const auto time = [](const Node& step) {
    const Node* at = step.is_map() ? step.find("at") : nullptr;
    const auto parsed = parse_duration(at == nullptr ? "" : at->text);
    return parsed ? parsed->count() : 0;
  };
  std::vector<std::pair<std::int64_t, std::size_t>> places;
  for (std::size_t i = 0; i < node.items.size(); ++i)
    places.emplace_back(path == "/story" ? time(node.items[i]) : 0, i);
  std::sort(places.begin(), places.end());
  std::vector<const Node*> items;
  for (const auto& [at, place] : places) items.push_back(&node.items[place]);
  return items;
}

// All values with their paths, in an order that does not depend on the order of keys.
void flatten(const Node& node, const std::string& path, std::vector<Leaf>& leaves) {
  if (is_for_people(path)) return;
  const std::vector<const Node*> items = in_order(node, path);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string name =
        node.is_map() ? ascii::to_lower(node.keys[i].text) : fmt::format("{:06}", i);
    flatten(*items[i], path + "/" + name, leaves);
  }
  if (node.items.empty()) leaves.push_back({path, folded(node)});
}

std::vector<Leaf> leaves_of(std::string_view text) {
  Reporter reporter;
  const auto file = reporter.add_file("", text);
  std::vector<Leaf> leaves;
  flatten(read_yaml(file, reporter).value_or(Node{}), "", leaves);
  std::sort(leaves.begin(), leaves.end());
  return leaves;
}

// Whether some key of that name has the value as its default, or the value is what an empty mapping
// would be.
bool may_be_default(const Leaf& leaf) {
  const std::string_view key = std::string_view(leaf.path).substr(leaf.path.rfind('/') + 1);
  if (leaf.value.empty()) return true;
  for (const Shape* shape : all_shapes()) {
    for (const std::span<const Key> keys : {shape->keys, shape->one_of}) {
      for (const Key& row : keys) {
        if (row.name != key && shape->short_for != row.name) continue;
        Node fallback;
        fallback.text = row.fallback == "\"\"" ? "" : std::string(row.fallback);
        if (folded(fallback) == leaf.value || row.zero == leaf.value) return true;
      }
    }
  }
  return false;
}

// The first difference that nothing explains; empty if there is none.
std::string unexplained(std::string_view original, std::string_view mutated) {
  const std::vector<Leaf> before = leaves_of(original), after = leaves_of(mutated);
  std::vector<Leaf> gone, come;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::back_inserter(gone));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(come));
  for (const std::vector<Leaf>* side : {&gone, &come}) {
    for (const Leaf& leaf : *side) {
      if (may_be_default(leaf)) continue;
      return fmt::format("{} '{}' at {}", side == &gone ? "lost" : "new", leaf.value, leaf.path);
    }
  }
  return {};
}

}  // namespace

std::string judge(std::string_view original, std::string_view mutated) {
  const Parsed parsed = parse("mutated.yaml", mutated);
  if (parsed.scenario.has_value() != parsed.problems.empty())
    return "a scenario and problems, or neither";
  for (const Problem& problem : parsed.problems) {
    if (problem.message.empty() || to_text(problem).empty()) return "a problem without a message";
  }
  if (!parsed.scenario) return {};
  const std::string expansion = expand(*parsed.scenario);
  const Parsed again = parse("expanded.yaml", expansion);
  if (!again.scenario) return "its expansion is refused:\n" + to_text(again.problems);
  if (expand(*again.scenario) != expansion) return "its expansion stands for something else";
  const Parsed first = parse("original.yaml", original);
  if (!first.scenario || expand(*first.scenario) != expansion) return {};
  const std::string difference = unexplained(original, mutated);
  return difference.empty() ? "" : "taken, and nothing is different: " + difference;
}

}  // namespace mailcosm::test
