#include "sim/scenario/fields.h"

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "sim/scenario/names.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

// Where a key is missing that holds an object: a mapping without keys.
const Node kNoNode;

}  // namespace

const Key& Fields::row(std::string_view key) const {
  const Key* row = find_key(*shape_, key);
  CHECK(row != nullptr);
  return *row;
}

const Node* Fields::find(std::string_view key) const {
  CHECK(find_key(*shape_, key) != nullptr);
  if (node_->is_scalar()) return key == shape_->short_for ? node_ : nullptr;
  return node_->find(key);
}

SourcePosition Fields::source(std::string_view key) const {
  const Node* value = find(key);
  return value != nullptr ? value->source : node_->source;
}

std::string_view Fields::written(std::string_view key) const {
  if (const Node* value = find(key)) return value->text;
  const std::string_view fallback = row(key).fallback;
  return fallback == "\"\"" ? std::string_view() : fallback;
}

std::string Fields::text(std::string_view key) const { return std::string(written(key)); }
std::string Fields::name(std::string_view key) const { return ascii::to_lower(written(key)); }

std::string Fields::address(std::string_view key) const {
  const std::string_view text = written(key);
  return text.empty() ? std::string() : fold_address(text);
}

std::int64_t Fields::integer(std::string_view key) const {
  return parse_integer(written(key)).value();
}
std::int64_t Fields::decimal(std::string_view key) const {
  return parse_decimal(written(key)).value();
}

bool Fields::flag(std::string_view key) const { return written(key) == "true"; }

Duration Fields::duration(std::string_view key) const {
  const std::string_view text = written(key);
  return text == row(key).zero ? Duration{} : parse_duration(text).value();
}

std::int64_t Fields::bandwidth(std::string_view key) const {
  const std::string_view text = written(key);
  return text == row(key).zero ? 0 : parse_bandwidth(text).value();
}

std::int64_t Fields::fraction(std::string_view key) const {
  return parse_fraction(written(key)).value();
}

std::int64_t Fields::size(std::string_view key) const {
  const std::string_view text = written(key);
  return text == row(key).zero ? 0 : parse_size(text).value();
}

int Fields::choice(std::string_view key) const {
  const auto choices = row(key).choices;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (written(key) == choices[i]) return static_cast<int>(i);
  }
  CHECK(false);
  return 0;
}

std::vector<const Node*> Fields::list(std::string_view key) const {
  const Node* value = find(key);
  return value == nullptr ? std::vector<const Node*>() : elements(*value);
}

std::vector<std::string> Fields::texts(std::string_view key) const {
  std::vector<std::string> result;
  for (const Node* node : list(key)) result.push_back(node->text);
  return result;
}

std::vector<std::string> Fields::names(std::string_view key) const {
  std::vector<std::string> result;
  for (const Node* node : list(key)) result.push_back(ascii::to_lower(node->text));
  return result;
}

std::vector<std::string> Fields::addresses(std::string_view key) const {
  const Node* value = find(key);
  return value == nullptr ? std::vector<std::string>() : addresses_of(*value);
}

std::vector<IpAddress> Fields::ip_addresses(std::string_view key) const {
  const Node* value = find(key);
  return value == nullptr ? std::vector<IpAddress>() : ip_addresses_of(*value);
}

std::vector<Fields::Entry> Fields::map(std::string_view key) const {
  std::vector<Entry> entries;
  const Node* value = find(key);
  if (value == nullptr) return entries;
  for (std::size_t i = 0; i < value->keys.size(); ++i)
    entries.push_back({&value->keys[i], &value->items[i]});
  return entries;
}

Fields Fields::object(std::string_view key) const {
  const Node* value = find(key);
  CHECK(row(key).shape != nullptr);
  return Fields(value != nullptr ? *value : kNoNode, *row(key).shape);
}

std::vector<const Node*> elements(const Node& node) {
  std::vector<const Node*> result;
  if (node.is_list()) {
    for (const Node& item : node.items) result.push_back(&item);
  } else if (!node.is_nothing()) {
    result.push_back(&node);
  }
  return result;
}

std::vector<IpAddress> ip_addresses_of(const Node& node) {
  std::vector<IpAddress> result;
  for (const Node* element : elements(node))
    result.push_back(IpAddress::parse(element->text).value());
  return result;
}

std::vector<std::string> addresses_of(const Node& node) {
  std::vector<std::string> result;
  for (const Node* element : elements(node)) result.push_back(fold_address(element->text));
  return result;
}

}  // namespace mailcosm::sim::scenario
