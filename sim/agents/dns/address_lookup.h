// AddressLookup: the IP addresses of a host name, of the families that this host has itself.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "sim/agents/dns/stub_resolver.h"

namespace mailcosm::sim {

enum class AddressOrder : std::uint8_t { kIpv6First, kIpv4First };

struct AddressResult {
  // kFound with at least one address; kNxDomain and kNoData are final; otherwise temporary.
  LookupStatus status = LookupStatus::kTimeout;
  std::vector<IpAddress> addresses;  // in the order to try them
  RecordId record;                   // the last lookup.answered; the current cause during the call
};

class AddressHandler {
 public:
  virtual void on_addresses(std::uint64_t token, const AddressResult& result) = 0;

 protected:
  ~AddressHandler() = default;
};

// Asks for A and AAAA at once and reports when both are answered. The stub must outlive it.
class AddressLookup final : LookupHandler, TimerHandler {
 public:
  explicit AddressLookup(StubResolver& stub, AddressOrder order = AddressOrder::kIpv6First);
  ~AddressLookup();
  AddressLookup(const AddressLookup&) = delete;
  AddressLookup& operator=(const AddressLookup&) = delete;

  // `host` may also be an address ("192.0.2.1", "[192.0.2.1]", "[IPv6:2001:db8::1]") or this host's
  // own name; both are answered without the DNS, and later, too.
  LookupId lookup(std::string_view host, AddressHandler& handler, std::uint64_t token = 0);
  void cancel(LookupId lookup);

 private:
  struct Pending {
    AddressHandler* handler = nullptr;
    std::uint64_t token = 0;
    int open = 0;
    LookupId asked[2] = {0, 0};
    AddressResult ipv4;
    AddressResult ipv6;
    IpAddress literal;             // none unless `host` was an address or this host
    std::unique_ptr<Timer> timer;  // its answer
  };
  void on_lookup(std::uint64_t token, const LookupResult& result) override;
  void on_timer(std::uint64_t tag) override;

  StubResolver& stub_;
  AddressOrder order_;
  bool has_ipv4_ = false;
  bool has_ipv6_ = false;
  LookupId next_id_ = 1;
  std::map<LookupId, Pending> pending_;
};

}  // namespace mailcosm::sim
