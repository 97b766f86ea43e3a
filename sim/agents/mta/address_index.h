// AddressIndex: whether a list of addresses has one already. Short lists, as most are, are
// searched; a list to thousands is found by hash, so that taking it costs no square of its length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "protocols/mail/address.h"

namespace mailcosm::sim {

class AddressIndex {
 public:
  // Whether `address` is among the first `count` that `at(i)` gives. Since the last call the list
  // may only have grown.
  template <typename At>
  bool finds(const mail::Address& address, std::size_t count, const At& at) {
    if (count <= kShort) {
      for (std::size_t i = 0; i < count; ++i) {
        if (at(i) == address) return true;
      }
      return false;
    }
    for (; indexed_ < count; ++indexed_) places_.emplace(hash_of(at(indexed_)), indexed_);
    const auto [begin, end] = places_.equal_range(hash_of(address));
    for (auto place = begin; place != end; ++place) {
      if (at(place->second) == address) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t kShort = 16;
  // Equal addresses have equal ones.
  static std::uint64_t hash_of(const mail::Address& address);

  std::unordered_multimap<std::uint64_t, std::size_t> places_;  // never walked through
  std::size_t indexed_ = 0;
};

}  // namespace mailcosm::sim
