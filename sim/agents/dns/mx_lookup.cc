#include "sim/agents/dns/mx_lookup.h"

#include <algorithm>

#include "protocols/base/ascii.h"

namespace mailcosm::sim {
namespace {

std::string host_of(dns::NameView name) { return ascii::to_lower(name.to_host()); }

// RFC 7505 section 3: exactly one record, whose exchange is the root.
bool is_null_mx(const std::vector<dns::Record>& records) {
  if (records.size() != 1) return false;
  const auto mx = dns::mx_of(records[0].rdata);
  return mx && mx->exchange.is_root();
}

// RFC 5321 section 5.1: among equal preferences the order is drawn at random, to spread the load.
void shuffle_equals(std::vector<Exchanger>& exchangers, Random& random) {
  std::sort(exchangers.begin(), exchangers.end(), [](const Exchanger& a, const Exchanger& b) {
    return a.preference != b.preference ? a.preference < b.preference : a.host < b.host;
  });
  for (std::size_t begin = 0; begin < exchangers.size();) {
    std::size_t end = begin + 1;
    while (end < exchangers.size() && exchangers[end].preference == exchangers[begin].preference)
      ++end;
    for (std::size_t left = end - begin; left > 1; --left) {
      std::swap(exchangers[begin + left - 1], exchangers[begin + random.below(left)]);
    }
    begin = end;
  }
}

}  // namespace

std::string_view to_string(MxStatus status) {
  switch (status) {
    case MxStatus::kFound:
      return "found";
    case MxStatus::kImplicit:
      return "implicit";
    case MxStatus::kNullMx:
      return "null MX";
    case MxStatus::kNoSuchDomain:
      return "no such domain";
    case MxStatus::kTemporaryFailure:
      return "temporary failure";
  }
  return "";
}

MxResult exchangers_of(const LookupResult& result, std::string_view domain, Random& random) {
  MxResult mail;
  mail.record = result.record;
  if (result.status == LookupStatus::kNxDomain) {
    mail.status = MxStatus::kNoSuchDomain;
    return mail;
  }
  if (result.status == LookupStatus::kNoData) {
    mail.status = MxStatus::kImplicit;
    mail.exchangers.push_back({ascii::to_lower(domain), -1});
    return mail;
  }
  if (result.status != LookupStatus::kFound) return mail;
  if (is_null_mx(result.records)) {
    mail.status = MxStatus::kNullMx;
    return mail;
  }
  for (const dns::Record& record : result.records) {
    const auto mx = dns::mx_of(record.rdata);
    // A root exchange among others means nothing (RFC 7505 section 3).
    if (mx && !mx->exchange.is_root())
      mail.exchangers.push_back({host_of(mx->exchange), mx->preference});
  }
  mail.status = mail.exchangers.empty() ? MxStatus::kNullMx : MxStatus::kFound;
  shuffle_equals(mail.exchangers, random);
  return mail;
}

MxLookup::~MxLookup() {
  for (const auto& [id, pending] : pending_) stub_.cancel(pending.asked);
}

LookupId MxLookup::lookup(std::string_view domain, MxHandler& handler, std::uint64_t token) {
  const LookupId id = next_id_++;
  Pending& pending = pending_[id];
  pending.handler = &handler;
  pending.token = token;
  pending.domain = domain;
  if (pending.domain.size() > 1 && pending.domain.back() == '.') pending.domain.pop_back();
  pending.asked = stub_.lookup(domain, dns::Type::kMx, *this, id);
  return id;
}

void MxLookup::cancel(LookupId lookup) {
  const auto found = pending_.find(lookup);
  if (found == pending_.end()) return;
  stub_.cancel(found->second.asked);
  pending_.erase(found);
}

void MxLookup::on_lookup(std::uint64_t id, const LookupResult& result) {
  const Pending pending = std::move(pending_.at(id));
  pending_.erase(id);
  pending.handler->on_mx(pending.token, exchangers_of(result, pending.domain, random_));
}

}  // namespace mailcosm::sim
