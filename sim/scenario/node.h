// Node: the YAML tree with positions, before it means anything.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

struct Node {
  enum class Kind : std::uint8_t { kNothing, kScalar, kList, kMap };
  struct Key {
    std::string text;
    SourcePosition source;
  };

  Kind kind = Kind::kNothing;
  bool quoted = false;  // a scalar in quotes or a block scalar: never anything but text
  std::string text;     // of a scalar
  SourcePosition source;
  std::vector<Key> keys;    // of a map, as many as `items`, each different
  std::vector<Node> items;  // elements of a list, values of a map

  bool is_nothing() const { return kind == Kind::kNothing; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_list() const { return kind == Kind::kList; }
  bool is_map() const { return kind == Kind::kMap; }

  // Value of a key of a map, or null.
  const Node* find(std::string_view key) const {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i].text == key) return &items[i];
    }
    return nullptr;
  }
  Node* find(std::string_view key) {
    return const_cast<Node*>(static_cast<const Node*>(this)->find(key));
  }
};

}  // namespace mailcosm::sim::scenario
