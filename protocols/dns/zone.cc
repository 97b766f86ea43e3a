#include "protocols/dns/zone.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "protocols/base/check.h"
#include "protocols/dns/master_file.h"

namespace mailcosm::dns {

const RrSet* Zone::Node::find(Type type) const {
  for (const RrSet& set : sets) {
    if (set.type == type) return &set;
  }
  return nullptr;
}

Result<Zone> Zone::from_records(const Name& origin, const std::vector<Record>& records) {
  Zone zone;
  zone.origin_ = origin;
  if (auto added = zone.add_nodes(records); !added) return added.error();
  for (const Node& node : zone.nodes_) {
    if (auto checked = zone.check_node(node); !checked) return checked.error();
  }
  const RrSet* soa = zone.nodes_.empty() ? nullptr : zone.apex().find(Type::kSoa);
  if (soa == nullptr) return Error{fmt::format("zone {} has no SOA record", origin.to_string()), 0};
  if (soa->rdatas.size() != 1)
    return Error{fmt::format("zone {} has several SOA records", origin.to_string()), 0};
  const auto fields = soa_of(soa->rdatas[0]);
  if (!fields) return Error{"SOA record is not well formed", 0};
  zone.negative_ttl_ = std::min(soa->ttl, std::min(fields->minimum, kTtlMax));
  zone.mark_cuts();
  zone.build_index();
  return zone;
}

Result<Zone> Zone::parse(std::string_view master_file, const Name& origin) {
  MasterFileOptions options;
  options.origin = origin;
  auto records = parse_master_file(master_file, options);
  if (!records) return records.error();
  return from_records(origin, *records);
}

Result<Zone> Zone::parse(std::string_view master_file) {
  auto records = parse_master_file(master_file);
  if (!records) return records.error();
  const auto soa = std::find_if(records->begin(), records->end(),
                                [](const Record& r) { return r.type == Type::kSoa; });
  if (soa == records->end()) return Error{"zone has no SOA record", 0};
  const Name origin = soa->owner;
  return from_records(origin, *records);
}

// Nodes in canonical order, with those in between that own nothing (empty non-terminals, RFC 4592
// section 2.2.2).
Result<void> Zone::add_nodes(const std::vector<Record>& records) {
  std::vector<std::uint32_t> order(records.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto by_owner = records[a].owner <=> records[b].owner;
    return by_owner != 0 ? by_owner < 0 : a < b;
  });
  const std::size_t depth = origin_.labels();
  for (std::uint32_t index : order) {
    const Record& record = records[index];
    if (!record.owner.is_within(origin_)) {
      return Error{
          fmt::format("{} lies outside of zone {}", record.owner.to_string(), origin_.to_string()),
          0};
    }
    if (record.rclass != Class::kIn) {
      return Error{fmt::format("{} is not of class IN", record.owner.to_string()), 0};
    }
    if (is_meta(record.type) || !is_well_formed(record.type, record.rdata)) {
      return Error{fmt::format("{} has malformed data", record.owner.to_string()), 0};
    }
    const NameView owner = record.owner;
    const std::size_t labels = owner.labels();
    const std::size_t known =
        nodes_.empty() ? depth : nodes_.back().name.view().common_labels(owner) + 1;
    for (std::size_t count = std::max(known, depth); count <= labels; ++count) {
      nodes_.push_back({Name(owner.suffix(labels - count)), {}, false, false});
    }
    Node& node = nodes_.back();
    auto set = std::find_if(node.sets.begin(), node.sets.end(),
                            [&](const RrSet& s) { return s.type == record.type; });
    if (set == node.sets.end()) {
      set = node.sets.insert(node.sets.end(),
                             {record.owner, record.type, record.rclass, record.ttl, {}});
    }
    set->add(record.rdata);
    set->ttl = std::min(set->ttl, record.ttl);  // RFC 2181 section 5.2
  }
  return {};
}

Result<void> Zone::check_node(const Node& node) const {
  const RrSet* cname = node.find(Type::kCname);
  const RrSet* dname = node.find(Type::kDname);
  // RFC 1034 section 3.6.2.
  if (cname != nullptr && node.sets.size() > 1) {
    return Error{fmt::format("{} has a CNAME beside other data", node.name.to_string()), 0};
  }
  if (cname != nullptr && cname->rdatas.size() > 1) {
    return Error{fmt::format("{} has several CNAME records", node.name.to_string()), 0};
  }
  if (dname != nullptr && dname->rdatas.size() > 1) {
    return Error{fmt::format("{} has several DNAME records", node.name.to_string()), 0};
  }
  if (node.find(Type::kSoa) != nullptr && node.name != origin_) {
    return Error{fmt::format("{} has a SOA record below the apex", node.name.to_string()), 0};
  }
  return {};
}

void Zone::mark_cuts() {
  const Node* cut = nullptr;
  for (Node& node : nodes_) {
    node.occluded = cut != nullptr && node.name.is_within(cut->name);
    if (node.occluded) continue;
    node.delegation = node.name != origin_ && node.find(Type::kNs) != nullptr;
    if (node.delegation || node.find(Type::kDname) != nullptr) cut = &node;
  }
}

void Zone::build_index() {
  std::size_t size = 4;
  while (size < nodes_.size() * 2) size *= 2;
  slots_.assign(size, 0);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    std::size_t slot = nodes_[i].name.view().hash() & (size - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (size - 1);
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

const Zone::Node* Zone::node_at(NameView name) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = name.hash() & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Node& node = nodes_[slots_[slot] - 1];
    if (node.name.view() == name) return &node;
  }
  return nullptr;
}

Zone::Found Zone::find(NameView name, Type type) const {
  CHECK(name.is_within(origin_));
  using Status = Found::Status;
  const Node* node = &apex();
  for (std::size_t below = name.labels() - origin_.labels(); below > 0; --below) {
    if (node->find(Type::kDname) != nullptr) return {Status::kDname, node};
    const NameView child_name = name.suffix(below - 1);
    const Node* child = node_at(child_name);
    if (child == nullptr) {
      // `node` is the closest encloser (RFC 4592 section 3.3.1); the source of synthesis is the
      // wildcard right below it.
      NameBuffer wildcard;
      const bool fits = wildcard.join(NameView::from_wire_unchecked({"\1*\0", 3}), node->name);
      const Node* source = fits ? node_at(wildcard.view()) : nullptr;
      return source != nullptr ? Found{Status::kWildcard, source} : Found{Status::kNoName, nullptr};
    }
    node = child;
    // The parent's side of a cut owns its DS records (RFC 4035 section 3.1.4.1).
    if (node->delegation && !(below == 1 && type == Type::kDs)) return {Status::kDelegation, node};
  }
  return {Status::kNode, node};
}

std::string Zone::to_master_file() const {
  std::string text;
  for (const Node& node : nodes_) {
    for (const RrSet& set : node.sets) {
      for (const Record& record : set.records()) text += record.to_string() + "\n";
    }
  }
  return text;
}

}  // namespace mailcosm::dns
