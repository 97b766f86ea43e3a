#include "protocols/dns/reply.h"

#include <algorithm>

namespace mailcosm::dns {
namespace {

constexpr int kAliasesMax = 16;

class Reading {
 public:
  Reading(const MessageView& message, const Question& asked, NameView zone, bool any_glue)
      : message_(message), asked_(asked), zone_(zone), any_glue_(any_glue) {
    reply_.name = asked.name;
  }

  Reply run();

 private:
  bool take_answers();
  // Follows one CNAME or DNAME; false if there is none.
  bool take_alias();
  bool follow(const RecordView& cname);
  void take_soa();
  void take_servers();
  void decide();
  void believe(const RecordView& record, Credibility credibility);
  Credibility answer_credibility() const {
    return message_.header().authoritative ? Credibility::kAuthAnswer : Credibility::kAnswer;
  }
  bool trusted(const RecordView& record) const {
    return record.rclass == Class::kIn && record.owner.is_within(zone_);
  }

  const MessageView& message_;
  const Question& asked_;
  NameView zone_;
  bool any_glue_;
  Reply reply_;
  bool circular_ = false;
  bool upward_ = false;  // the authority section refers to a zone above
};

void Reading::believe(const RecordView& record, Credibility credibility) {
  for (Reply::Believed& believed : reply_.believed) {
    if (believed.set.type == record.type && believed.set.owner.view() == record.owner) {
      believed.set.add(record.rdata);
      believed.set.ttl = std::min(believed.set.ttl, record.ttl);
      return;
    }
  }
  reply_.believed.push_back(
      {{Name(record.owner), record.type, record.rclass, record.ttl, {std::string(record.rdata)}},
       credibility});
}

bool Reading::take_answers() {
  for (const RecordView& record : message_.answers()) {
    const bool wanted = record.type == asked_.type || asked_.type == Type::kAny;
    if (!wanted || !trusted(record) || record.owner != reply_.name.view()) continue;
    reply_.answers.push_back(record.record());
    if (asked_.type != Type::kAny) believe(record, answer_credibility());
  }
  return !reply_.answers.empty();
}

bool Reading::follow(const RecordView& cname) {
  const auto target = name_of(cname.type, cname.rdata);
  if (!target || ++reply_.aliases > kAliasesMax) {
    circular_ = true;
    return false;
  }
  reply_.chain.push_back(cname.record());
  believe(cname, answer_credibility());
  reply_.name = Name(*target);
  return true;
}

bool Reading::take_alias() {
  if (!reply_.name.is_within(zone_) || asked_.type == Type::kAny) return false;
  for (const RecordView& record : message_.answers()) {
    if (!trusted(record)) continue;
    if (record.type == Type::kCname && record.owner == reply_.name.view() &&
        asked_.type != Type::kCname)
      return follow(record);
    const bool above = record.type == Type::kDname && reply_.name.view() != record.owner &&
                       reply_.name.is_within(record.owner);
    if (!above) continue;
    NameBuffer target;
    const std::size_t kept = reply_.name.labels() - record.owner.labels();
    if (!target.replace_suffix(reply_.name, kept, NameView::from_wire_unchecked(record.rdata)))
      return false;
    const Name owner = reply_.name;
    const RecordView cname{owner, target.view().wire(), record.ttl, Type::kCname, Class::kIn};
    reply_.chain.push_back(record.record());
    if (asked_.type == Type::kCname) {
      reply_.answers.push_back(cname.record());
      return false;
    }
    return follow(cname);
  }
  return false;
}

void Reading::take_soa() {
  for (const RecordView& record : message_.authorities()) {
    if (record.type == Type::kSoa && trusted(record) && reply_.name.is_within(record.owner)) {
      reply_.soa = record.record();
      return;
    }
  }
}

// The NS set that is nearest to the name, and addresses of the servers in it.
void Reading::take_servers() {
  std::vector<NameView> servers;
  std::optional<NameView> cut;
  for (const RecordView& record : message_.authorities()) {
    upward_ = upward_ ||
              (record.type == Type::kNs && zone_ != record.owner && zone_.is_within(record.owner));
    if (record.type != Type::kNs || !trusted(record) || !reply_.name.is_within(record.owner))
      continue;
    if (cut && record.owner != *cut) continue;
    cut = record.owner;
    servers.push_back(NameView::from_wire_unchecked(record.rdata));
    believe(record, message_.header().authoritative ? Credibility::kAuthority : Credibility::kGlue);
  }
  // Answers to NS questions name servers, too.
  for (const Record& record : reply_.answers) {
    if (record.type == Type::kNs) servers.push_back(NameView::from_wire_unchecked(record.rdata));
  }
  for (const RecordView& record : message_.additionals()) {
    if (!address_of(record) || !(trusted(record) || any_glue_)) continue;
    const bool named = std::any_of(servers.begin(), servers.end(),
                                   [&](NameView server) { return server == record.owner; });
    if (named) believe(record, Credibility::kGlue);
  }
  if (cut) reply_.cut = Name(*cut);
}

void Reading::decide() {
  using Kind = Reply::Kind;
  if (circular_) {
    reply_.kind = Kind::kAlias;  // the resolver's own limit on chains ends it
    return;
  }
  take_soa();
  take_servers();
  if (!reply_.answers.empty()) {
    reply_.kind = Kind::kAnswer;
    return;
  }
  if (!reply_.name.is_within(zone_)) {
    reply_.kind = Kind::kAlias;
    return;
  }
  if (message_.header().rcode == Rcode::kNxDomain) {
    reply_.kind = Kind::kNoName;
    return;
  }
  const bool down =
      !reply_.cut.is_root() && reply_.cut.is_within(zone_) && reply_.cut.view() != zone_;
  if (down && !reply_.soa) {
    reply_.kind = reply_.chain.empty() ? Kind::kReferral : Kind::kAlias;
  } else if (reply_.soa || (message_.header().authoritative && !upward_)) {
    reply_.kind = reply_.chain.empty() || reply_.soa ? Kind::kNoData : Kind::kAlias;
  } else if (!reply_.chain.empty()) {
    reply_.kind = Kind::kAlias;
  } else {
    // With AA it is nonsense about this question only; the server may know the zone otherwise.
    reply_.kind = message_.header().authoritative ? Kind::kFailed : Kind::kLame;
  }
}

Reply Reading::run() {
  const Rcode rcode = message_.header().rcode;
  if (rcode == Rcode::kRefused) {
    reply_.kind = Reply::Kind::kLame;
    return std::move(reply_);
  }
  if (rcode != Rcode::kNoError && rcode != Rcode::kNxDomain && rcode != Rcode::kYxDomain)
    return std::move(reply_);
  while (!take_answers() && take_alias()) {
  }
  decide();
  return std::move(reply_);
}

}  // namespace

Reply read_reply(const MessageView& message, const Question& asked, NameView zone, bool any_glue) {
  return Reading(message, asked, zone, any_glue).run();
}

}  // namespace mailcosm::dns
