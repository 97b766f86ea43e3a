#include "sim/scenario/override.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include "protocols/base/ascii.h"
#include "sim/scenario/parse.h"
#include "sim/scenario/suggest.h"

namespace mailcosm::sim::scenario {
namespace {

// Takes the longest front part of `path` that is a key of the map; keys may contain dots
// themselves.
std::optional<std::size_t> take_key(const Node& map, std::string_view& path) {
  std::optional<std::size_t> best;
  std::size_t best_length = 0;
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const std::string& key = map.keys[i].text;
    if (key.size() < best_length || !path.starts_with(key)) continue;
    if (path.size() != key.size() && path[key.size()] != '.') continue;
    best = i;
    best_length = key.size();
  }
  if (best) path.remove_prefix(std::min(path.size(), best_length + 1));
  return best;
}

}  // namespace

Result<Override> parse_override(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return Error{"expected path=value, for example seed=7", 0};
  }
  return Override{std::string(ascii::trim(text.substr(0, equals))),
                  std::string(text.substr(equals + 1))};
}

void apply_override(std::string_view path, Node value, std::uint32_t file, Node& root,
                    Reporter& reporter) {
  const SourcePosition source{file, 1, 1};
  Node* node = &root;
  while (!path.empty()) {
    if (node->is_nothing()) {
      node->kind = Node::Kind::kMap;
      node->source = source;
    }
    if (node->is_list()) {
      const std::string_view word = ascii::take_until(path, '.');
      const auto number = ascii::parse_unsigned(word, node->items.size());
      if (!number || *number == 0) {
        reporter.add(source, fmt::format("there is no element '{}'", word),
                     fmt::format("The list has {}; they count from 1.", node->items.size()));
        return;
      }
      node = &node->items[*number - 1];
      continue;
    }
    if (!node->is_map()) {
      reporter.add(source, fmt::format("'{}' lies below a plain value", path),
                   "Only mappings and lists have parts.");
      return;
    }
    if (const auto index = take_key(*node, path)) {
      node = &node->items[*index];
      continue;
    }
    node->keys.push_back({std::string(ascii::take_until(path, '.')), source});
    node = &node->items.emplace_back();
    node->source = source;
  }
  *node = std::move(value);
}

}  // namespace mailcosm::sim::scenario
