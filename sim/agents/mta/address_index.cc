#include "sim/agents/mta/address_index.h"

#include "protocols/base/ascii.h"
#include "protocols/base/hash.h"

namespace mailcosm::sim {

std::uint64_t AddressIndex::hash_of(const mail::Address& address) {
  Hash64 hash;
  hash.add(address.local_part);
  hash.add(ascii::to_lower(address.domain));
  return hash.value();
}

}  // namespace mailcosm::sim
