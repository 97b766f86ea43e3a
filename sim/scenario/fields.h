// Fields: reads the values of one mapping whose form check_shape has approved. Missing keys give
// the table's default.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "sim/scenario/keys.h"
#include "sim/scenario/network.h"
#include "sim/scenario/node.h"

namespace mailcosm::sim::scenario {

// A view: the tree must outlive it. Asking for a key that the shape does not have is a bug.
class Fields {
 public:
  struct Entry {
    const Node::Key* key;
    const Node* value;
  };

  Fields(const Node& node, const Shape& shape) : node_(&node), shape_(&shape) {}

  const Node& node() const { return *node_; }
  SourcePosition source() const { return node_->source; }
  // Of the value, or of the mapping if the key is missing.
  SourcePosition source(std::string_view key) const;
  bool has(std::string_view key) const { return find(key) != nullptr; }
  const Node* find(std::string_view key) const;

  std::string text(std::string_view key) const;
  std::string name(std::string_view key) const;     // in lower case
  std::string address(std::string_view key) const;  // a mail address, its domain in lower case
  std::int64_t integer(std::string_view key) const;
  std::int64_t decimal(std::string_view key) const;  // millionths
  bool flag(std::string_view key) const;
  Duration duration(std::string_view key) const;
  std::int64_t bandwidth(std::string_view key) const;
  std::int64_t fraction(std::string_view key) const;
  std::int64_t size(std::string_view key) const;
  // The value's place among the key's choices.
  int choice(std::string_view key) const;

  std::vector<const Node*> list(std::string_view key) const;  // one value is a list of one
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<std::string> names(std::string_view key) const;
  std::vector<std::string> addresses(std::string_view key) const;
  std::vector<IpAddress> ip_addresses(std::string_view key) const;
  std::vector<Entry> map(std::string_view key) const;
  Fields object(std::string_view key) const;  // without keys if missing

 private:
  const Key& row(std::string_view key) const;
  // What stands in the text, or the default.
  std::string_view written(std::string_view key) const;

  const Node* node_;
  const Shape* shape_;
};

// Elements of a value that may be one or a list.
std::vector<const Node*> elements(const Node& node);
std::vector<IpAddress> ip_addresses_of(const Node& node);
std::vector<std::string> addresses_of(const Node& node);

}  // namespace mailcosm::sim::scenario
