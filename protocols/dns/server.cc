#include "protocols/dns/server.h"

#include <algorithm>
#include <array>

#include "protocols/dns/answer_writer.h"
#include "protocols/dns/message_writer.h"
#include "protocols/dns/query.h"

namespace mailcosm::dns {
namespace {

constexpr int kChainMax = 32;

// Follows one question through the zones (RFC 1034 section 4.3.2).
class Walk {
 public:
  Walk(const Server& server, const Query& query, MessageWriter& writer, int chain_max)
      : server_(server),
        query_(query),
        answer_(writer),
        chain_max_(std::min(chain_max, kChainMax)) {}

  void run(const Zone& zone, Header& header);

 private:
  // Each gives true if the walk goes on with name_.
  bool take_node(const Zone& zone, const Zone::Node& node, Header& header);
  bool take_dname(const Zone::Node& node, Header& header);
  bool go_to(NameView target);
  void take_data(const Zone& zone, const RrSet& set);

  const Server& server_;
  const Query& query_;
  AnswerWriter answer_;
  int chain_max_;
  NameBuffer name_;
  std::array<NameBuffer, kChainMax> passed_;
  std::array<const Zone::Node*, kChainMax> dnames_{};  // whose DNAME led on from that step
  int steps_ = 0;
};

void Walk::run(const Zone& first, Header& header) {
  header.authoritative = true;
  name_.assign(query_.name.view());
  const Zone* zone = &first;
  bool going = true;
  while (going && zone != nullptr) {
    const Zone::Found found = zone->find(name_.view(), query_.type);
    switch (found.status) {
      case Zone::Found::Status::kNode:
      case Zone::Found::Status::kWildcard:
        going = take_node(*zone, *found.node, header);
        break;
      case Zone::Found::Status::kDname:
        going = take_dname(*found.node, header);
        break;
      case Zone::Found::Status::kDelegation:
        // AA speaks of the first owner in the answer section (RFC 1035 section 4.1.1).
        header.authoritative = steps_ > 0;
        answer_.add_referral(*zone, *found.node);
        going = false;
        break;
      case Zone::Found::Status::kNoName:
        header.rcode = Rcode::kNxDomain;
        answer_.add_negative(*zone);
        going = false;
        break;
    }
    if (going) zone = server_.zone_of(name_.view());
  }
  header.truncated = answer_.truncated();
}

bool Walk::take_node(const Zone& zone, const Zone::Node& node, Header&) {
  if (query_.type == Type::kAny && !node.sets.empty()) {
    for (const RrSet& set : node.sets) answer_.add(Section::kAnswer, name_.view(), set);
    return false;
  }
  if (const RrSet* set = node.find(query_.type)) {
    take_data(zone, *set);
    return false;
  }
  const RrSet* cname = node.find(Type::kCname);
  if (cname == nullptr) {
    answer_.add_negative(zone);
    return false;
  }
  if (!answer_.add(Section::kAnswer, name_.view(), *cname)) return false;
  return go_to(NameView::from_wire_unchecked(cname->rdatas[0]));
}

// RFC 6672 section 3.2: the DNAME itself, then the CNAME that it means for this name.
bool Walk::take_dname(const Zone::Node& node, Header& header) {
  const RrSet& dname = *node.find(Type::kDname);
  if (std::find(dnames_.begin(), dnames_.begin() + steps_, &node) == dnames_.begin() + steps_ &&
      !answer_.add(Section::kAnswer, node.name, dname)) {
    return false;
  }
  if (steps_ < chain_max_) dnames_[static_cast<std::size_t>(steps_)] = &node;
  NameBuffer target;
  const std::size_t kept = name_.view().labels() - node.name.labels();
  if (!target.replace_suffix(name_.view(), kept, NameView::from_wire_unchecked(dname.rdatas[0]))) {
    header.rcode = Rcode::kYxDomain;
    return false;
  }
  if (!answer_.add(Section::kAnswer, name_.view(), Type::kCname, dname.ttl, target.view().wire()))
    return false;
  return go_to(target.view());
}

// False at the end of the chain: it runs in a circle, or is too long.
bool Walk::go_to(NameView target) {
  if (steps_ == chain_max_) return false;
  passed_[static_cast<std::size_t>(steps_++)].assign(name_.view());
  for (int i = 0; i < steps_; ++i) {
    if (passed_[static_cast<std::size_t>(i)].view() == target) return false;
  }
  name_.assign(target);
  return true;
}

void Walk::take_data(const Zone& zone, const RrSet& set) {
  answer_.add(Section::kAnswer, name_.view(), set);
  answer_.add_targets(zone, set);
}

}  // namespace

std::string_view to_string(Transport transport) {
  return transport == Transport::kUdp ? "udp" : "tcp";
}

void Server::add_zone(std::shared_ptr<const Zone> zone) {
  const Name& origin = zone->origin();
  zones_.insert_or_assign(origin, std::move(zone));
}

const Zone* Server::zone_of(NameView name) const {
  while (true) {
    const auto found = zones_.find(name);
    if (found != zones_.end()) return found->second.get();
    if (name.is_root()) return nullptr;
    name = name.parent();
  }
}

bool Server::respond(std::string_view bytes, Transport transport, std::string& output) const {
  Query query;
  const QueryStatus status = read_query(bytes, query);
  if (status == QueryStatus::kIgnore) return false;
  Header header = response_header(query);
  header.rcode = rcode_of(status);
  const std::size_t octets_max =
      transport == Transport::kTcp
          ? kMessageOctetsMax
          : std::min<std::size_t>(query.udp_octets,
                                  std::max<std::size_t>(limits_.udp_octets_max, kUdpOctetsMax));
  MessageWriter writer(output, octets_max);
  const Edns edns{limits_.udp_octets_max, 0, query.dnssec_ok, {}};
  if (query.has_edns) writer.set_edns(edns);
  if (query.has_question) writer.add_question(query.name.view(), query.type, query.rclass);
  if (status == QueryStatus::kOk) {
    const NameView name = query.name.view();
    const Zone* zone = zone_of(name);
    // The parent's side answers for DS if both sides of the cut are here (RFC 4035
    // section 3.1.4.1).
    if (zone != nullptr && query.type == Type::kDs && zone->origin().view() == name &&
        !name.is_root()) {
      const Zone* parent = zone_of(name.parent());
      if (parent != nullptr) zone = parent;
    }
    const bool transfer = query.type == Type::kAxfr || query.type == Type::kIxfr;
    if (zone == nullptr || transfer || query.rclass != Class::kIn) {
      header.rcode = Rcode::kRefused;
    } else {
      Walk(*this, query, writer, limits_.chain_max).run(*zone, header);
    }
  }
  writer.finish(header);
  return true;
}

}  // namespace mailcosm::dns
