// Zone: the data of one zone, and the look-up of RFC 1034 section 4.3.2 with RFC 4592 (wildcards)
// and RFC 6672 (DNAME).
//
// Immutable once made and shared by pointer. Owners stand in canonical order; names that exist only
// because something lies below them (empty non-terminals) have a node without data. Data below a
// zone cut is kept as glue and never answered.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "protocols/base/result.h"
#include "protocols/dns/record.h"

namespace mailcosm::dns {

class Zone {
 public:
  struct Node {
    Name name;
    std::vector<RrSet> sets;  // by type
    bool delegation = false;  // has NS and is not the apex
    bool occluded = false;    // below a delegation or a DNAME: glue at best
    const RrSet* find(Type type) const;
  };

  // What was found for a name; the pointers live as long as the zone.
  struct Found {
    enum class Status : std::uint8_t {
      kNode,        // `node` exists (perhaps empty) and is not below a cut
      kWildcard,    // `node` is the wildcard that stands for the name
      kDelegation,  // `node` is the zone cut at or above the name
      kDname,       // `node` owns a DNAME above the name
      kNoName,      // the name does not exist
    };
    Status status = Status::kNoName;
    const Node* node = nullptr;
  };

  // `origin` is the zone's name. Errors: no SOA or several at the apex, a record outside the zone
  // or of another class, CNAME beside other data, several CNAME or DNAME at one name. The TTLs of
  // an RRset are made equal (the lowest).
  static Result<Zone> from_records(const Name& origin, const std::vector<Record>& records);
  // A master file whose relative names are completed with `origin`. Errors begin with "line N: ".
  static Result<Zone> parse(std::string_view master_file, const Name& origin);
  // The same, where the zone's name is the owner of the SOA record; names must be absolute or
  // follow $ORIGIN.
  static Result<Zone> parse(std::string_view master_file);

  const Name& origin() const { return origin_; }
  const RrSet& soa() const { return *apex().find(Type::kSoa); }
  const Node& apex() const { return nodes_[0]; }
  // TTL of negative answers: the lower one of the SOA's TTL and its MINIMUM (RFC 2308 section 3).
  std::uint32_t negative_ttl() const { return negative_ttl_; }
  const std::vector<Node>& nodes() const { return nodes_; }  // canonical order

  // REQUIRES: name is within origin(). No allocation. For a DS query at a cut the parent answers,
  // so `type` counts.
  Found find(NameView name, Type type) const;
  // Exactly this node, also occluded ones (glue); null if there is none.
  const Node* node_at(NameView name) const;

  std::string to_master_file() const;

 private:
  Zone() = default;
  Result<void> add_nodes(const std::vector<Record>& records);
  Result<void> check_node(const Node& node) const;
  void mark_cuts();
  void build_index();

  Name origin_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t>
      slots_;  // open addressing by hash of the name: index into nodes_, plus one
  std::uint32_t negative_ttl_ = 0;
};

}  // namespace mailcosm::dns
