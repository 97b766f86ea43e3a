#include "protocols/dns/answer_writer.h"

namespace mailcosm::dns {
namespace {

std::optional<NameView> target_of(Type type, std::string_view rdata) {
  if (type == Type::kNs) return name_of(type, rdata);
  if (type == Type::kMx) {
    const auto mx = mx_of(rdata);
    return mx ? std::optional(mx->exchange) : std::nullopt;
  }
  if (type == Type::kSrv) {
    const auto srv = srv_of(rdata);
    return srv ? std::optional(srv->target) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

bool AnswerWriter::add(Section section, NameView owner, const RrSet& set) {
  if (truncated_) return false;
  const MessageWriter::Mark before = writer_.mark();
  for (const std::string& rdata : set.rdatas) {
    if (!writer_.add_record(section, owner, set.type, set.rclass, set.ttl, rdata)) {
      writer_.rewind(before);
      truncated_ = true;
      return false;
    }
  }
  return true;
}

bool AnswerWriter::add(Section section, NameView owner, Type type, std::uint32_t ttl,
                       std::string_view rdata) {
  if (truncated_) return false;
  truncated_ = !writer_.add_record(section, owner, type, Class::kIn, ttl, rdata);
  return !truncated_;
}

void AnswerWriter::add_negative(const Zone& zone) {
  add(Section::kAuthority, zone.origin(), Type::kSoa, zone.negative_ttl(), zone.soa().rdatas[0]);
}

void AnswerWriter::add_referral(const Zone& zone, const Zone::Node& cut) {
  const RrSet& servers = *cut.find(Type::kNs);
  if (!add(Section::kAuthority, cut.name, servers)) return;
  for (const std::string& rdata : servers.rdatas)
    add_addresses(zone, NameView::from_wire_unchecked(rdata), &cut);
}

void AnswerWriter::add_targets(const Zone& zone, const RrSet& set) {
  if (truncated_) return;
  for (const std::string& rdata : set.rdatas) {
    const auto target = target_of(set.type, rdata);
    if (!target) return;
    add_addresses(zone, *target, nullptr);
  }
}

void AnswerWriter::add_addresses(const Zone& zone, NameView target, const Zone::Node* cut) {
  if (truncated_ || !target.is_within(zone.origin())) return;
  const Zone::Node* node = zone.node_at(target);
  if (node == nullptr) return;
  const bool required = cut != nullptr && target.is_within(cut->name);
  for (Type type : {Type::kA, Type::kAaaa}) {
    const RrSet* set = node->find(type);
    if (set == nullptr || add(Section::kAdditional, target, *set) || required) continue;
    truncated_ = false;  // additional data that is only helpful may be left out
  }
}

}  // namespace mailcosm::dns
