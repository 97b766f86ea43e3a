#include "sim/scenario/check_shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "protocols/base/ascii.h"
#include "sim/scenario/scalar_check.h"
#include "sim/scenario/suggest.h"

namespace mailcosm::sim::scenario {
namespace {

class ShapeCheck {
 public:
  explicit ShapeCheck(Reporter& reporter) : reporter_(reporter) {}

  void object(const Node& node, const Shape& shape, std::string_view where) {
    if (reporter_.full()) return;
    if (node.is_nothing()) {
      if (!shape.may_be_empty) empty(node, where);
      return;
    }
    if (node.is_scalar() && !shape.short_for.empty()) {
      return value(node, *find_key(shape, shape.short_for));
    }
    if (!node.is_map()) {
      reporter_.add(
          node.source,
          fmt::format("{}: expected a mapping, that is lines of the form 'key: value'", where),
          node.is_list() ? "Here is a list." : "Here is a single value.");
      return;
    }
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      if (const Key* key = find_key(shape, node.keys[i].text)) {
        value(node.items[i], *key);
      } else {
        unknown(node.keys[i], shape);
      }
    }
    missing(node, shape, where);
  }

 private:
  void empty(const Node& node, std::string_view where) {
    reporter_.add(node.source, fmt::format("{}: there is no value", where),
                  "A key whose value is missing is more likely forgotten than meant.");
  }

  void unknown(const Node::Key& found, const Shape& shape) {
    std::vector<std::string_view> known;
    for (const std::span<const Key> keys : {shape.keys, shape.one_of}) {
      for (const Key& key : keys) known.push_back(key.name);
    }
    std::string reason;
    for (const Shape* other : all_shapes()) {
      const Key* key = other == &shape ? nullptr : find_key(*other, found.text);
      if (key == nullptr || key->name.starts_with('*')) continue;
      reason =
          fmt::format("'{}' is a key of '{}', not of '{}'.", found.text, other->name, shape.name);
      break;
    }
    std::string message = fmt::format("unknown key '{}' in {}", found.text, shape.name);
    if (&shape == &kStepShape) return unknown_verb(found);
    const std::size_t colon = found.text.find(':');
    const bool glued = colon != std::string::npos && colon > 0 &&
                       find_key(shape, std::string_view(found.text).substr(0, colon)) != nullptr;
    reporter_.add(found.source, std::move(message), std::move(reason),
                  glued ? "write a space behind the colon" : suggestion_for(found.text, known));
  }

  // "bob cheks mail": the actor is any word, so only the rest can be compared.
  void unknown_verb(const Node::Key& found) {
    std::vector<std::string_view> verbs;
    for (const Key& key : kStepShape.one_of) verbs.push_back(key.name.substr(2));
    const std::size_t space = found.text.find(' ');
    const std::string_view verb = space == std::string::npos
                                      ? std::string_view(found.text)
                                      : std::string_view(found.text).substr(space + 1);
    std::string suggestion = fmt::format("possible: {}", fmt::join(verbs, ", "));
    if (const auto best = nearest(verb, verbs)) {
      suggestion = space == std::string::npos
                       ? fmt::format("did you mean '<user> {}'?", *best)
                       : fmt::format("did you mean '{} {}'?", found.text.substr(0, space), *best);
    }
    reporter_.add(found.source, fmt::format("unknown key '{}' in step", found.text),
                  "A step has 'at' and a key that says who does what, such as 'alice writes'.",
                  std::move(suggestion));
  }

  // Distributions stand alone, or as parts whose shares differ.
  static bool is_element(const Shape& shape) {
    return &shape != &kSizesShape && &shape != &kSizePartShape && &shape != &kRecipientsShape;
  }

  void missing(const Node& node, const Shape& shape, std::string_view where) {
    for (const Key& key : shape.keys) {
      if (!key.required || node.find(key.name) != nullptr) continue;
      reporter_.add(node.source, fmt::format("{}: the key '{}' is missing", where, key.name),
                    std::string(key.about),
                    fmt::format("for example '{}: {}'", key.name, key.example));
    }
    if (shape.one_of.empty()) return;
    std::vector<const Node::Key*> found;
    for (const Node::Key& key : node.keys) {
      const Key* row = find_key(shape, key.text);
      if (row != nullptr && row >= shape.one_of.data() &&
          row < shape.one_of.data() + shape.one_of.size()) {
        found.push_back(&key);
      }
    }
    std::vector<std::string> names;
    for (const Key& key : shape.one_of) {
      const bool verb = key.name.starts_with("* ");
      names.push_back(verb ? fmt::format("<user> {}", key.name.substr(2)) : std::string(key.name));
    }
    const bool all_known =
        std::all_of(node.keys.begin(), node.keys.end(),
                    [&](const Node::Key& key) { return find_key(shape, key.text) != nullptr; });
    if (found.empty() && all_known) {
      reporter_.add(node.source, fmt::format("{}: it does not say what it is about", where),
                    fmt::format("One of these keys must be there: {}.", fmt::join(names, ", ")));
    } else if (found.size() > 1) {
      reporter_.add(found[1]->source,
                    fmt::format("{}: both '{}' and '{}'", where, found[0]->text, found[1]->text),
                    fmt::format("Only one can be meant in one {}.", shape.name),
                    is_element(shape) ? "make two list elements of it" : "leave one of them out");
    }
  }

  void value(const Node& node, const Key& key) {
    if (reporter_.full()) return;
    if (node.is_nothing() && !(key.type == Type::kObject && key.arity == Arity::kOne) &&
        key.arity != Arity::kMap && key.arity != Arity::kList) {
      return empty(node, key.name);
    }
    switch (key.arity) {
      case Arity::kOne:
        return one(node, key);
      case Arity::kList:
        return list(node, key);
      case Arity::kOneOrList:
        return node.is_list() ? list(node, key) : one(node, key);
      case Arity::kMap:
        return map(node, key);
      case Arity::kCompared:
        return compared(node, key);
    }
  }

  void one(const Node& node, const Key& key) {
    if (key.type == Type::kObject) {
      return object(node, *key.shape, key.name.starts_with("* ") ? key.name.substr(2) : key.name);
    }
    if (node.is_scalar()) return check_scalar(node, key, key.type, reporter_);
    reporter_.add(node.source, fmt::format("{}: expected {}", key.name, about_type(key.type)),
                  node.is_list()  ? "Here is a list."
                  : node.is_map() ? "Here is a mapping."
                                  : "There is no value.");
  }

  void list(const Node& node, const Key& key) {
    if (node.is_nothing()) return empty(node, key.name);
    if (!node.is_list()) {
      reporter_.add(node.source, fmt::format("{}: expected a list", key.name),
                    "Each element stands in a line of its own that begins with '- '.");
      return;
    }
    for (const Node& item : node.items) {
      if (item.is_nothing()) {
        empty(item, key.name);
      } else {
        one(item, key);
      }
    }
  }

  void map(const Node& node, const Key& key) {
    if (node.is_nothing()) return empty(node, key.name);
    if (!node.is_map()) {
      reporter_.add(node.source, fmt::format("{}: expected a mapping of names to values", key.name),
                    node.is_list() ? "Here is a list." : "Here is a single value.",
                    fmt::format("for example '{}'", key.example));
      return;
    }
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      Node name;
      name.kind = Node::Kind::kScalar;
      name.quoted = key.map_type == Type::kText;  // a field name such as "on" is no trap here
      name.text = node.keys[i].text;
      name.source = node.keys[i].source;
      check_scalar(name, key, key.map_type, reporter_);
      if (key.type == Type::kObject) {
        object(node.items[i], *key.shape, node.keys[i].text);
      } else if (key.type == Type::kScalar) {
        compared(node.items[i], key);
      } else if (key.type == Type::kMailAddress || key.type == Type::kIpAddress) {
        node.items[i].is_list() ? list(node.items[i], key) : one(node.items[i], key);
      } else {
        one(node.items[i], key);
      }
    }
  }

  void compared(const Node& node, const Key& key) {
    if (node.is_scalar()) return check_scalar(node, key, key.type, reporter_);
    if (!node.is_map() || node.keys.empty()) {
      reporter_.add(node.source,
                    fmt::format("{}: expected {} or a mapping of comparisons", key.name,
                                about_type(key.type)),
                    "", "for example '{at_least: 1}' or '{contains: Lunch}'");
      return;
    }
    std::vector<std::string_view> words;
    if (key.type == Type::kText || key.type == Type::kScalar) {
      words.assign(text_comparisons().begin(), text_comparisons().end());
    }
    if (key.type != Type::kText) {
      for (std::string_view word : number_comparisons()) {
        if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
      }
    }
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      if (std::find(words.begin(), words.end(), node.keys[i].text) == words.end()) {
        reporter_.add(node.keys[i].source,
                      fmt::format("{}: unknown comparison '{}'", key.name, node.keys[i].text), "",
                      suggestion_for(node.keys[i].text, words));
        continue;
      }
      if (node.items[i].is_list()) {
        list(node.items[i], key);
      } else {
        one(node.items[i], key);
      }
    }
  }

  Reporter& reporter_;
};

bool looks_like_number(std::string_view text) {
  std::size_t i = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  bool digit = false;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (ascii::is_digit(c)) {
      digit = true;
    } else if (c != '.' && c != '_' && c != ',' && c != ':' && !(digit && (c == 'e' || c == 'E'))) {
      return digit && i == 1 && text[0] == '0' && (c == 'x' || c == 'o' || c == 'b');
    }
  }
  return digit;
}

bool looks_like_date(std::string_view text) {
  if (text.size() < 8 || text.size() > 10 || text[4] != '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return ascii::is_digit(c) || c == '-'; });
}

}  // namespace

std::string_view other_reading_of(std::string_view plain) {
  if (plain.empty()) return "nothing";
  const std::string folded = ascii::to_lower(plain);
  for (std::string_view word : {"true", "false", "yes", "no", "on", "off", "y", "n"}) {
    if (folded == word) return "true or false";
  }
  for (std::string_view word : {"null", "~"}) {
    if (folded == word) return "nothing";
  }
  for (std::string_view word : {".inf", "-.inf", "+.inf", ".nan"}) {
    if (folded == word) return "a number";
  }
  if (looks_like_date(plain)) return "a date";
  // An IP address has too many dots to be a number.
  if (looks_like_number(plain) && std::count(plain.begin(), plain.end(), '.') <= 1)
    return "a number";
  return {};
}

void check_shape(const Node& root, const Shape& shape, Reporter& reporter) {
  ShapeCheck(reporter).object(root, shape, shape.name);
}

}  // namespace mailcosm::sim::scenario
