// MxLookup: who takes mail for a domain, in the order to try (RFC 5321 section 5.1, RFC 7505).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/random.h"
#include "sim/agents/dns/stub_resolver.h"

namespace mailcosm::sim {

enum class MxStatus : std::uint8_t {
  kFound,         // exchangers from MX records
  kImplicit,      // no MX: the one exchanger is the domain itself, if it has an address (RFC 5321
                  // section 5.1)
  kNullMx,        // the domain takes no mail (RFC 7505)
  kNoSuchDomain,  // NXDOMAIN
  kTemporaryFailure,  // not known now
};
std::string_view to_string(MxStatus status);

struct Exchanger {
  std::string host;     // without the final dot, lower case
  int preference = -1;  // -1: there was no MX record
};

struct MxResult {
  MxStatus status = MxStatus::kTemporaryFailure;
  // Lowest preference first; hosts of equal preference in an order drawn at random. A CNAME at the
  // domain has been followed; the implicit exchanger then is the domain as asked.
  std::vector<Exchanger> exchangers;
  RecordId record;  // lookup.answered; the current cause during the call
};

class MxHandler {
 public:
  virtual void on_mx(std::uint64_t token, const MxResult& result) = 0;

 protected:
  ~MxHandler() = default;
};

// The stub must outlive it. Addresses of the exchangers are asked for with AddressLookup when their
// turn comes.
class MxLookup final : LookupHandler {
 public:
  MxLookup(StubResolver& stub, Random random) : stub_(stub), random_(random) {}
  ~MxLookup();
  MxLookup(const MxLookup&) = delete;
  MxLookup& operator=(const MxLookup&) = delete;

  LookupId lookup(std::string_view domain, MxHandler& handler, std::uint64_t token = 0);
  void cancel(LookupId lookup);

 private:
  struct Pending {
    MxHandler* handler = nullptr;
    std::uint64_t token = 0;
    std::string domain;
    LookupId asked = 0;
  };
  void on_lookup(std::uint64_t token, const LookupResult& result) override;

  StubResolver& stub_;
  Random random_;
  LookupId next_id_ = 1;
  std::map<LookupId, Pending> pending_;
};

// The exchangers of an answered MX look-up. Exposed for tests.
MxResult exchangers_of(const LookupResult& result, std::string_view domain, Random& random);

}  // namespace mailcosm::sim
