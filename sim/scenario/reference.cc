#include <fmt/format.h>

#include <string>

#include "sim/scenario/keys.h"
#include "sim/scenario/schema.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

std::string word_of(Type type) {
  switch (type) {
    case Type::kText:
      return "text";
    case Type::kScalar:
      return "text or whole number";
    case Type::kInteger:
      return "whole number";
    case Type::kDecimal:
      return "number";
    case Type::kFlag:
      return "true or false";
    case Type::kDuration:
      return "duration (ns, us, ms, s, min, h, days)";
    case Type::kBandwidth:
      return "bandwidth (bit/s, kbit/s, Mbit/s, Gbit/s)";
    case Type::kFraction:
      return "fraction (%, ppm)";
    case Type::kSize:
      return "size (B, kB, KiB, MB, MiB, GB, GiB)";
    case Type::kWallTime:
      return "date and time (UTC)";
    case Type::kName:
      return "machine name";
    case Type::kLabel:
      return "label";
    case Type::kDomain:
      return "domain name";
    case Type::kMailAddress:
      return "mail address";
    case Type::kLocalPart:
      return "local part";
    case Type::kUser:
      return "user";
    case Type::kIpAddress:
      return "IP address";
    case Type::kAddressRange:
      return "address range";
    default:
      return {};
  }
}

// As GitHub makes it from the heading.
std::string anchor_of(const Shape& shape) {
  std::string anchor;
  for (char c : shape.name) {
    if (c == ' ')
      anchor.push_back('-');
    else if (c != '\'')
      anchor.push_back(c);
  }
  return anchor;
}

std::string type_of(const Key& key) {
  std::string one = word_of(key.type);
  if (key.type == Type::kObject)
    one = fmt::format("[{}](#{})", key.shape->name, anchor_of(*key.shape));
  if (key.type == Type::kChoice) one = fmt::format("{}", fmt::join(key.choices, ", "));
  if (!key.zero.empty()) one += fmt::format(" or {}", key.zero);
  if (key.type == Type::kInteger && key.max != Key{}.max)
    one += fmt::format(" {} to {}", key.min, key.max);
  if (key.type == Type::kDecimal)
    one += fmt::format(" {} to {}", format_decimal(key.min), format_decimal(key.max));
  switch (key.arity) {
    case Arity::kOne:
      return one;
    case Arity::kList:
      return "list of " + one;
    case Arity::kOneOrList:
      return one + ", one or a list";
    case Arity::kMap:
      return fmt::format("mapping of {} to {}", word_of(key.map_type), one);
    case Arity::kCompared:
      return one + ", compared";
  }
  return one;
}

// A '|' would end the cell.
std::string cell(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (c == '|') result.push_back('\\');
    result.push_back(c);
  }
  return result;
}

void append_key(const Key& key, std::string_view presence, std::string& output) {
  output += fmt::format("| `{}` | {} | {} | {} | `{}` |\n", key.name, cell(type_of(key)), presence,
                        cell(key.about), cell(key.example));
}

void append_shape(const Shape& shape, std::string& output) {
  output += fmt::format("### {}\n\n", shape.name);
  if (!shape.about.empty()) output += std::string(shape.about) + "\n\n";
  output += "| key | type | default | meaning | example |\n|---|---|---|---|---|\n";
  for (const Key& key : shape.keys) {
    const std::string fallback = key.fallback.empty() ? "-" : fmt::format("`{}`", key.fallback);
    append_key(key, key.required ? "required" : fallback, output);
  }
  for (const Key& key : shape.one_of) append_key(key, "one of these", output);
  output += "\n";
}

}  // namespace

std::string reference_tables() {
  std::string output;
  for (const Shape* shape : all_shapes()) append_shape(*shape, output);
  output.pop_back();
  return output;
}

}  // namespace mailcosm::sim::scenario
