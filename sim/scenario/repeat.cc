#include "sim/scenario/repeat.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocols/base/ascii.h"
#include "sim/scenario/limits.h"

namespace mailcosm::sim::scenario {
namespace {

struct Range {
  std::size_t begin = 0, end = 0;  // of its text, with the braces
  std::uint64_t first = 0, last = 0;
  std::size_t width = 0;  // digits at least
};

// The first range at or behind `from`. Braces around anything else mean nothing.
std::optional<Range> find_range(std::string_view text, std::size_t from) {
  for (std::size_t open = text.find('{', from); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    const std::size_t dots = text.find("..", open);
    const std::size_t close = text.find('}', open);
    if (dots == std::string_view::npos || close == std::string_view::npos || dots > close) continue;
    const std::string_view digits = text.substr(open + 1, dots - open - 1);
    const auto first = ascii::parse_unsigned(digits);
    const auto last = ascii::parse_unsigned(text.substr(dots + 2, close - dots - 2));
    if (!first || !last) continue;
    return Range{open, close + 1, *first, *last, digits.size()};
  }
  return std::nullopt;
}

class Repeater {
 public:
  explicit Repeater(Reporter& reporter) : reporter_(reporter) {}

  void object(Node& node, const Shape& shape) {
    if (!node.is_map()) return;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      if (const Key* key = find_key(shape, node.keys[i].text)) value(node.items[i], *key);
    }
  }

 private:
  void value(Node& node, const Key& key) {
    if (key.repeats && key.arity == Arity::kMap) names(node);
    if (key.repeats && key.arity != Arity::kMap) elements(node);
    if (key.type != Type::kObject) return;
    if (key.arity == Arity::kOne) return object(node, *key.shape);
    if (key.arity == Arity::kOneOrList && node.is_map()) return object(node, *key.shape);
    for (Node& item : node.items) object(item, *key.shape);
  }

  void names(Node& map) {
    if (!map.is_map() || std::none_of(map.keys.begin(), map.keys.end(), [](const Node::Key& key) {
          return find_range(key.text, 0).has_value();
        }))
      return;
    std::vector<Node::Key> keys;
    std::vector<Node> items;
    for (std::size_t i = 0; i < map.keys.size(); ++i) {
      for (std::string& name : expand(map.keys[i].text, map.keys[i].source)) {
        const bool again = std::any_of(keys.begin(), keys.end(),
                                       [&](const Node::Key& key) { return key.text == name; });
        if (again) {
          reporter_.add(map.keys[i].source, fmt::format("the name '{}' is there already", name),
                        "A range stands for each of its names.");
          continue;
        }
        keys.push_back({std::move(name), map.keys[i].source});
        items.push_back(map.items[i]);
      }
    }
    map.keys = std::move(keys);
    map.items = std::move(items);
  }

  void elements(Node& node) {
    if (node.is_scalar() && find_range(node.text, 0)) {
      Node list;
      list.kind = Node::Kind::kList;
      list.source = node.source;
      list.items.push_back(std::move(node));
      node = std::move(list);
    }
    if (!node.is_list()) return;
    std::vector<Node> items;
    for (const Node& item : node.items) {
      if (!item.is_scalar()) {
        items.push_back(item);
        continue;
      }
      for (std::string& text : expand(item.text, item.source)) {
        items.push_back(item);
        items.back().text = std::move(text);
      }
    }
    node.items = std::move(items);
  }

  // The numbers of the first range run fastest: user1@d1, user2@d1, ..., user1@d2.
  std::vector<std::string> expand(const std::string& text, SourcePosition source) {
    const std::optional<Range> range = find_range(text, 0);
    if (!range) return {text};
    const std::string written = text.substr(range->begin, range->end - range->begin);
    if (range->last < range->first) {
      reporter_.add(source, fmt::format("the range {} runs backwards", written),
                    "The smaller number stands in front.");
      return {};
    }
    const std::vector<std::string> tails = expand(text.substr(range->end), source);
    if (tails.empty()) return {};
    if (range->last - range->first >= kRepeatedMax / tails.size() - made_ / tails.size()) {
      reporter_.add(source, fmt::format("ranges stand for more than {} names", kRepeatedMax),
                    fmt::format("{} is too much.", written));
      return {};
    }
    std::vector<std::string> texts;
    for (const std::string& tail : tails) {
      for (std::uint64_t number = range->first; number <= range->last; ++number) {
        std::string digits = std::to_string(number);
        if (digits.size() < range->width) digits.insert(0, range->width - digits.size(), '0');
        texts.push_back(text.substr(0, range->begin) + digits + tail);
      }
    }
    made_ += texts.size();
    return texts;
  }

  Reporter& reporter_;
  std::size_t made_ = 0;
};

}  // namespace

void repeat_names(Node& root, const Shape& shape, Reporter& reporter) {
  Repeater(reporter).object(root, shape);
}

}  // namespace mailcosm::sim::scenario
