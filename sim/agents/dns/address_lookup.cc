#include "sim/agents/dns/address_lookup.h"

#include <utility>

#include "protocols/base/ascii.h"

namespace mailcosm::sim {
namespace {

// Addresses of IPv4 begin with a digit, and those of IPv6 have colons; names of hosts may do the
// one and never have the other.
bool may_be_address(std::string_view text) {
  return !text.empty() &&
         (ascii::is_digit(text.front()) || text.find(':') != std::string_view::npos);
}

// "192.0.2.1", "2001:db8::1", "[192.0.2.1]" or "[IPv6:2001:db8::1]" (RFC 5321 section 4.1.3).
IpAddress literal_of(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    if (ascii::starts_with_ignoring_case(host, "IPv6:")) host.remove_prefix(5);
  }
  // Most hosts have a name, and an error would be made up for each of them.
  if (!may_be_address(host)) return {};
  const auto address = IpAddress::parse(host);
  return address ? *address : IpAddress();
}

// The host's own name needs no DNS: it stands in a file of every host (RFC 952 called it
// HOSTS.TXT).
IpAddress own_address(const Runtime& runtime, std::string_view host) {
  const bool own = ascii::equal_ignoring_case(host, runtime.host_name());
  return own && !runtime.addresses().empty() ? runtime.addresses().front() : IpAddress();
}

// Of both families: found if one is; else what is final only if it is so for both.
LookupStatus combined(LookupStatus ipv4, LookupStatus ipv6) {
  if (ipv4 == LookupStatus::kFound || ipv6 == LookupStatus::kFound) return LookupStatus::kFound;
  if (is_temporary(ipv4)) return ipv4;
  if (is_temporary(ipv6)) return ipv6;
  const bool no_data = ipv4 == LookupStatus::kNoData || ipv6 == LookupStatus::kNoData;
  return no_data ? LookupStatus::kNoData : LookupStatus::kNxDomain;
}

}  // namespace

AddressLookup::AddressLookup(StubResolver& stub, AddressOrder order) : stub_(stub), order_(order) {
  for (const IpAddress& own : stub_.runtime().addresses()) {
    has_ipv4_ = has_ipv4_ || own.is_ipv4();
    has_ipv6_ = has_ipv6_ || own.family() == IpAddress::Family::kIpv6;
  }
}

AddressLookup::~AddressLookup() {
  while (!pending_.empty()) cancel(pending_.begin()->first);
}

LookupId AddressLookup::lookup(std::string_view host, AddressHandler& handler,
                               std::uint64_t token) {
  const LookupId id = next_id_++;
  Pending& pending = pending_[id];
  pending.handler = &handler;
  pending.token = token;
  pending.literal = literal_of(host);
  if (pending.literal.is_none()) pending.literal = own_address(stub_.runtime(), host);
  if (!pending.literal.is_none()) {
    TimerHandler& timer_handler = *this;
    pending.timer = std::make_unique<Timer>(stub_.runtime(), timer_handler, id);
    pending.timer->arm_after(Duration(0));
    return id;
  }
  // Without a query the answer for a family is that there is nothing.
  pending.ipv4.status = pending.ipv6.status = LookupStatus::kNxDomain;
  const std::pair<bool, dns::Type> families[] = {{has_ipv6_, dns::Type::kAaaa},
                                                 {has_ipv4_, dns::Type::kA}};
  for (const auto& [has, type] : families) {
    if (has) pending.asked[pending.open++] = stub_.lookup(host, type, *this, id);
  }
  return id;
}

void AddressLookup::cancel(LookupId lookup) {
  const auto found = pending_.find(lookup);
  if (found == pending_.end()) return;
  for (LookupId asked : found->second.asked) stub_.cancel(asked);
  pending_.erase(found);
}

void AddressLookup::on_timer(std::uint64_t id) {
  Pending pending = std::move(pending_.at(id));
  pending_.erase(id);
  AddressResult result;
  result.status = LookupStatus::kFound;
  result.addresses = {pending.literal};
  pending.handler->on_addresses(pending.token, result);
}

void AddressLookup::on_lookup(std::uint64_t id, const LookupResult& result) {
  Pending& pending = pending_.at(id);
  AddressResult& part = result.type == dns::Type::kA ? pending.ipv4 : pending.ipv6;
  part.status = result.status;
  for (const dns::Record& record : result.records)
    part.addresses.push_back(*dns::address_of(record));
  if (--pending.open > 0) return;
  Pending done = std::move(pending);
  pending_.erase(id);
  AddressResult whole;
  whole.status = combined(done.ipv4.status, done.ipv6.status);
  whole.record = result.record;
  const bool ipv6_first = order_ == AddressOrder::kIpv6First;
  for (const AddressResult* family :
       {ipv6_first ? &done.ipv6 : &done.ipv4, ipv6_first ? &done.ipv4 : &done.ipv6}) {
    whole.addresses.insert(whole.addresses.end(), family->addresses.begin(),
                           family->addresses.end());
  }
  done.handler->on_addresses(done.token, whole);
}

}  // namespace mailcosm::sim
