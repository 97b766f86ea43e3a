// AliasTable: addresses that stand for others, replaced until only real ones are left.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "protocols/mail/address.h"
#include "sim/agents/mta/mta_config.h"

namespace mailcosm::sim {

class AliasTable {
 public:
  explicit AliasTable(std::span<const MtaAlias> aliases);

  bool has(const mail::Address& address) const { return find(address) != nullptr; }

  enum class Problem : std::uint8_t {
    kNone,
    kLoop,     // the alias leads back to itself through another
    kTooMany,  // deeper or wider than the limits
  };
  struct Limits {
    std::size_t depth_max = 16;
    std::size_t targets_max = 1'000;
  };
  struct Step {
    mail::Address alias;
    const std::vector<mail::Address>* targets = nullptr;
  };
  struct Expansion {
    std::vector<mail::Address>
        targets;              // without duplicates; just the address itself if it is no alias
    std::vector<Step> steps;  // aliases that were replaced, outermost first
    Problem problem = Problem::kNone;
    mail::Address culprit;  // the alias at which the problem showed
  };
  // An alias that names itself among its targets means: the address itself, too.
  Expansion expand(const mail::Address& address, const Limits& limits) const;

 private:
  const std::vector<mail::Address>* find(const mail::Address& address) const;
  struct Way;
  bool expand_into(const mail::Address& address, const Limits& limits, Way& way,
                   Expansion& expansion) const;

  std::map<std::string, std::vector<mail::Address>> aliases_;  // by address_key()
};

// An address as a key of this host's own tables: in lower case, because local users are found in
// any case.
std::string address_key(const mail::Address& address);

}  // namespace mailcosm::sim
