#include "sim/scenario/schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/json_writer.h"
#include "sim/scenario/keys.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::string_view kNumber = "[0-9]+([.][0-9]+)? ?";
constexpr std::string_view kLabelPattern = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
constexpr std::string_view kLocalPattern =
    "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+([.][A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*";

std::string domain_pattern() { return fmt::format("{0}([.]{0})*", kLabelPattern); }
std::string address_pattern() { return fmt::format("{}@{}", kLocalPattern, domain_pattern()); }

// A name with a range of numbers (repeat.h).
constexpr std::string_view kRangePattern = "|[^ ]*[{][0-9]+[.][.][0-9]+[}][^ ]*";

// What stands between ^ and $; empty for types that are no pattern.
std::string pattern_of(Type type) {
  switch (type) {
    case Type::kDuration:
      return fmt::format("{}(ns|us|ms|s|seconds?|min|minutes?|h|hours?|days?)", kNumber);
    case Type::kBandwidth:
      return fmt::format("{}(bit/s|kbit/s|Mbit/s|Gbit/s)", kNumber);
    case Type::kFraction:
      return fmt::format("{}(%|ppm)", kNumber);
    case Type::kSize:
      return fmt::format("{}(B|kB|KiB|MB|MiB|GB|GiB)", kNumber);
    case Type::kWallTime:
      return "[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9:]{8} UTC|T[0-9:]{8}Z)";
    case Type::kName:
      return domain_pattern();
    case Type::kLabel:
      return std::string(kLabelPattern);
    case Type::kDomain:
      return "[.]|[A-Za-z0-9_*]([A-Za-z0-9_*.-]*[A-Za-z0-9_])?";
    case Type::kMailAddress:
      return address_pattern();
    case Type::kLocalPart:
      return std::string(kLocalPattern);
    case Type::kUser:
      return fmt::format("{}(@{})?", kLocalPattern, domain_pattern());
    case Type::kIpAddress:
      return "[0-9a-fA-F:.]+";
    case Type::kAddressRange:
      return "[0-9a-fA-F:.]+/[0-9]+";
    default:
      return {};
  }
}

std::string definition_name(const Shape& shape) {
  std::string name;
  for (char c : shape.name) {
    if (c == ' ') {
      name.push_back('_');
    } else if (c != '\'') {
      name.push_back(c);
    }
  }
  // Topics and verbs share names with other shapes; the number keeps them apart.
  const auto all = all_shapes();
  const auto place = std::find(all.begin(), all.end(), &shape) - all.begin();
  const bool again = std::any_of(all.begin(), all.begin() + place,
                                 [&](const Shape* other) { return other->name == shape.name; });
  return again ? fmt::format("{}_{}", name, place) : name;
}

class SchemaWriter {
 public:
  std::string write() {
    out_.open_object();
    out_.text("$schema", "https://json-schema.org/draft/2020-12/schema");
    out_.text("title", "Mailcosm scenario, version 1");
    out_.text("$ref", "#/$defs/scenario");
    out_.key("$defs").open_object();
    for (const Shape* shape : all_shapes()) {
      out_.key(definition_name(*shape)).open_object();
      definition(*shape);
      out_.close();
    }
    out_.close();
    out_.close();
    return out_.take();
  }

 private:
  // Members of an object that is open.
  void definition(const Shape& shape) {
    if (!shape.about.empty()) out_.text("description", shape.about);
    if (shape.short_for.empty() && !shape.may_be_empty) return object(shape);
    out_.key("anyOf").open_array();
    out_.open_object();
    object(shape);
    out_.close();
    if (!shape.short_for.empty()) {
      out_.open_object();
      value(*find_key(shape, shape.short_for));
      out_.close();
    }
    if (shape.may_be_empty) {
      out_.open_object();
      out_.text("type", "null");
      out_.close();
    }
    out_.close();
  }

  void object(const Shape& shape) {
    out_.text("type", "object");
    bool patterns = false;
    out_.key("properties").open_object();
    for (const std::span<const Key> keys : {shape.keys, shape.one_of}) {
      for (const Key& key : keys) {
        if (key.name.find('*') != std::string_view::npos) {
          patterns = true;
        } else {
          property(std::string(key.name), key);
        }
      }
    }
    property("x-ignore", *find_key(shape, "x-ignore"));
    out_.close();
    if (patterns) pattern_properties(shape);
    out_.flag("additionalProperties", false);
    required(shape);
  }

  void pattern_properties(const Shape& shape) {
    out_.key("patternProperties").open_object();
    for (const std::span<const Key> keys : {shape.keys, shape.one_of}) {
      for (const Key& key : keys) {
        const std::size_t star = key.name.find('*');
        if (star == std::string_view::npos) continue;
        property(fmt::format("^{}[^ ]+{}$", key.name.substr(0, star), key.name.substr(star + 1)),
                 key);
      }
    }
    out_.close();
  }

  void required(const Shape& shape) {
    std::size_t count = 0;
    for (const Key& key : shape.keys) count += key.required ? 1 : 0;
    if (count != 0) {
      out_.key("required").open_array();
      for (const Key& key : shape.keys) {
        if (key.required) out_.text(key.name);
      }
      out_.close();
    }
    if (shape.one_of.empty()) return;
    if (shape.one_of[0].name.starts_with('*')) {
      // Exactly one verb besides the other keys; x-ignore may stand beside them.
      const std::int64_t fewest = static_cast<std::int64_t>(count) + 1;
      const std::int64_t most = static_cast<std::int64_t>(shape.keys.size()) + 1;
      out_.key("if").open_object();
      out_.key("required").open_array();
      out_.text("x-ignore");
      out_.close();
      out_.close();
      members("then", fewest + 1, most + 1);
      members("else", fewest, most);
      return;
    }
    out_.key("oneOf").open_array();
    for (const Key& key : shape.one_of) {
      out_.open_object();
      out_.key("required").open_array();
      out_.text(key.name);
      out_.close();
      out_.close();
    }
    out_.close();
  }

  void members(std::string_view key, std::int64_t fewest, std::int64_t most) {
    out_.key(key).open_object();
    out_.number("minProperties", fewest);
    out_.number("maxProperties", most);
    out_.close();
  }

  void property(const std::string& name, const Key& key) {
    out_.key(name).open_object();
    out_.text("description", fmt::format("{} Example: {}", key.about, key.example));
    value(key);
    out_.close();
  }

  // Members of an object that is open.
  void value(const Key& key) {
    switch (key.arity) {
      case Arity::kOne:
        return scalar(key);
      case Arity::kList:
        return array(key);
      case Arity::kOneOrList:
        return one_or_list(key);
      case Arity::kCompared:
        return compared(key);
      case Arity::kMap:
        break;
    }
    out_.text("type", "object");
    if (const std::string pattern = pattern_of(key.map_type); !pattern.empty()) {
      out_.key("propertyNames").open_object();
      out_.text("pattern", fmt::format("^({}{})$", pattern, key.repeats ? kRangePattern : ""));
      out_.close();
    }
    out_.key("additionalProperties").open_object();
    if (key.type == Type::kScalar) {
      compared(key);
    } else if (key.type == Type::kMailAddress || key.type == Type::kIpAddress) {
      one_or_list(key);
    } else {
      scalar(key);
    }
    out_.close();
  }

  void array(const Key& key) {
    out_.text("type", "array");
    out_.key("items").open_object();
    scalar(key);
    out_.close();
  }

  void one_or_list(const Key& key) {
    out_.key("anyOf").open_array();
    out_.open_object();
    scalar(key);
    out_.close();
    out_.open_object();
    array(key);
    out_.close();
    out_.close();
  }

  void compared(const Key& key) {
    out_.key("anyOf").open_array();
    out_.open_object();
    scalar(key);
    out_.close();
    out_.open_object();
    out_.text("type", "object");
    out_.number("minProperties", 1);
    out_.key("properties").open_object();
    const bool texts = key.type == Type::kText || key.type == Type::kScalar;
    if (texts) comparisons(text_comparisons(), key);
    if (key.type != Type::kText) {
      comparisons(number_comparisons().subspan(texts ? 2 : 0), key);
    }
    out_.close();
    out_.flag("additionalProperties", false);
    out_.close();
    out_.close();
  }

  void comparisons(std::span<const std::string_view> words, const Key& key) {
    for (std::string_view word : words) {
      out_.key(word).open_object();
      one_or_list(key);
      out_.close();
    }
  }

  void scalar(const Key& key) {
    if (key.type == Type::kObject)
      return out_.text("$ref", "#/$defs/" + definition_name(*key.shape));
    if (key.type == Type::kFlag) return out_.text("type", "boolean");
    if (key.type == Type::kInteger) {
      out_.text("type", "integer");
      out_.number("minimum", key.min);
      out_.number("maximum", key.max);
      return;
    }
    if (key.type == Type::kDecimal) return out_.text("type", "number");
    if (key.type == Type::kScalar) {
      out_.key("type").open_array();
      out_.text("string");
      out_.text("integer");
      out_.close();
      return;
    }
    out_.text("type", "string");
    if (key.type == Type::kChoice) {
      out_.key("enum").open_array();
      for (std::string_view word : key.choices) out_.text(word);
      out_.close();
    }
    std::string pattern = pattern_of(key.type);
    if (pattern.empty()) return;
    if (!key.zero.empty()) pattern += fmt::format("|{}", key.zero);
    if (key.repeats && key.arity != Arity::kMap) pattern += kRangePattern;
    out_.text("pattern", fmt::format("^({})$", pattern));
  }

  JsonWriter out_;
};

}  // namespace

std::string json_schema() { return SchemaWriter().write(); }

}  // namespace mailcosm::sim::scenario
