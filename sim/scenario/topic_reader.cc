#include "sim/scenario/topic_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/ascii.h"
#include "sim/scenario/suggest.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

Comparison comparison_of(std::string_view word) {
  constexpr std::string_view kWords[] = {"is",          "is_not",    "contains", "contains_not",
                                         "starts_with", "ends_with", "matches",  "at_least",
                                         "at_most",     "more_than", "less_than"};
  const auto* found = std::find(std::begin(kWords), std::end(kWords), word);
  return static_cast<Comparison>(found - std::begin(kWords));
}

void set_value(const Node& node, Type type, Check& check) {
  check.text = node.text;
  switch (type) {
    case Type::kInteger:
      check.quantity = Quantity::kNumber;
      check.number = parse_integer(node.text).value();
      break;
    case Type::kSize:
      check.quantity = Quantity::kNumber;
      check.number = parse_size(node.text).value();
      break;
    case Type::kDuration:
      check.quantity = check.property == "time" ? Quantity::kInstant : Quantity::kDuration;
      check.number = parse_duration(node.text).value().count();
      break;
    case Type::kFraction:
      check.quantity = Quantity::kFraction;
      check.number = parse_fraction(node.text).value();
      break;
    case Type::kFlag:
      check.quantity = Quantity::kNumber;
      check.number = node.text == "true" ? 1 : 0;
      break;
    case Type::kScalar:
      if (const auto number = parse_integer(node.text); number && !node.quoted) {
        check.quantity = Quantity::kNumber;
        check.number = *number;
      }
      break;
    default:
      break;
  }
}

}  // namespace

void read_checks(const Node& node, Type type, Check check, std::vector<Check>& checks) {
  check.source = node.source;
  if (node.is_scalar()) {
    set_value(node, type, check);
    checks.push_back(std::move(check));
    return;
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    check.comparison = comparison_of(node.keys[i].text);
    for (const Node* element : elements(node.items[i])) {
      Check one = check;
      one.source = element->source;
      set_value(*element, type, one);
      checks.push_back(std::move(one));
    }
  }
}

void read_field_checks(const Node& map, std::vector<Check>& checks) {
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    Check check;
    check.property = "field";
    check.header = map.keys[i].text;
    read_checks(map.items[i], Type::kScalar, check, checks);
  }
}

void report_no_host(const std::string& name, SourcePosition source, std::string reason,
                    Draft& draft) {
  std::vector<std::string_view> known;
  for (const auto& [host, index] : draft.hosts) known.push_back(host);
  draft.reporter.add(source, fmt::format("there is no host '{}'", name), std::move(reason),
                     suggestion_for(name, known));
}

void read_topic(const Fields& fields, const Shape& shape, const People& people, Draft& draft,
                std::vector<Check>& checks) {
  for (const Key& key : shape.keys) {
    const Node* value = fields.find(key.name);
    if (value == nullptr) {
      if (!key.fallback.empty()) {
        checks.push_back({std::string(key.name),
                          {},
                          Comparison::kIs,
                          Quantity::kText,
                          std::string(key.fallback),
                          0,
                          fields.source()});
      }
      continue;
    }
    if (key.name == "fields") {
      read_field_checks(*value, checks);
      continue;
    }
    Check check;
    check.property = std::string(key.name);
    if (key.arity == Arity::kCompared) {
      read_checks(*value, key.type, check, checks);
      continue;
    }
    check.source = value->source;
    check.text = value->text;
    if (key.type == Type::kUser)
      check.text = people.find(value->text, value->source, draft.reporter);
    if (key.type == Type::kName || key.type == Type::kDomain || key.type == Type::kLabel) {
      check.text = ascii::to_lower(value->text);
    }
    if (key.name == "host" && !draft.hosts.contains(check.text)) {
      report_no_host(check.text, value->source, "Nothing could ever happen on it.", draft);
    }
    if (key.name == "type") check.text = ascii::to_upper(value->text);
    checks.push_back(std::move(check));
  }
}

}  // namespace mailcosm::sim::scenario
