#include "sim/agents/mta/alias_table.h"

#include <algorithm>

#include "protocols/base/ascii.h"
#include "sim/agents/mta/address_index.h"

namespace mailcosm::sim {

std::string address_key(const mail::Address& address) {
  return ascii::to_lower(address.to_string());
}

AliasTable::AliasTable(std::span<const MtaAlias> aliases) {
  for (const MtaAlias& alias : aliases) {
    std::vector<mail::Address>& targets = aliases_[address_key(alias.address)];
    targets.insert(targets.end(), alias.targets.begin(), alias.targets.end());
  }
}

const std::vector<mail::Address>* AliasTable::find(const mail::Address& address) const {
  if (aliases_.empty()) return nullptr;
  const auto found = aliases_.find(address_key(address));
  return found == aliases_.end() ? nullptr : &found->second;
}

struct AliasTable::Way {
  std::vector<mail::Address> aliases;  // that lead here, outermost first
  AddressIndex targets;                // of the expansion
};

AliasTable::Expansion AliasTable::expand(const mail::Address& address, const Limits& limits) const {
  Expansion expansion;
  Way way;
  expand_into(address, limits, way, expansion);
  return expansion;
}

bool AliasTable::expand_into(const mail::Address& address, const Limits& limits, Way& way,
                             Expansion& expansion) const {
  std::vector<mail::Address>& on_the_way = way.aliases;
  const auto fail = [&](Problem problem) {
    expansion.problem = problem;
    expansion.culprit = address;
    return false;
  };
  const bool names_itself = !on_the_way.empty() && on_the_way.back() == address;
  const std::vector<mail::Address>* targets = names_itself ? nullptr : find(address);
  if (targets == nullptr) {
    std::vector<mail::Address>& all = expansion.targets;
    const auto target = [&](std::size_t i) -> const mail::Address& { return all[i]; };
    if (way.targets.finds(address, all.size(), target)) return true;
    if (all.size() >= limits.targets_max) return fail(Problem::kTooMany);
    all.push_back(address);
    return true;
  }
  if (std::find(on_the_way.begin(), on_the_way.end(), address) != on_the_way.end()) {
    return fail(Problem::kLoop);
  }
  // Also bounds the work: aliases that multiply without ever giving a new address.
  if (on_the_way.size() >= limits.depth_max || expansion.steps.size() >= limits.targets_max) {
    return fail(Problem::kTooMany);
  }
  expansion.steps.push_back({address, targets});
  on_the_way.push_back(address);
  for (const mail::Address& target : *targets) {
    if (!expand_into(target, limits, way, expansion)) return false;
  }
  on_the_way.pop_back();
  return true;
}

}  // namespace mailcosm::sim
