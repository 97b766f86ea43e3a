// FlowTable: finds the connection that a segment belongs to, by ports and addresses.
//
// Open addressing with linear probing; an empty table has no memory. Holds numbers only: whether a
// number is the wanted one is asked of the caller.
#pragma once

#include <cstdint>
#include <vector>

#include "protocols/base/hash.h"
#include "protocols/base/ip_address.h"

namespace mailcosm::sim {

class FlowTable {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  static std::uint32_t hash_of(const Endpoint& local, const Endpoint& remote) {
    std::uint64_t address = 0;
    for (char octet : remote.address.octets()) {
      address = (address << 8 | address >> 56) ^ static_cast<unsigned char>(octet);
    }
    const std::uint64_t ports = std::uint64_t{local.port} << 48 | std::uint64_t{remote.port} << 32;
    return static_cast<std::uint32_t>(Hash64::mix(address ^ ports));
  }

  // `matches(value)` tells whether a value is the wanted one.
  template <typename Matches>
  std::uint32_t find(std::uint32_t hash, const Matches& matches) const {
    if (size_ == 0) return kNone;
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Entry& entry = entries_[at];
      if (entry.value == kNone) return kNone;
      if (entry.hash == hash && matches(entry.value)) return entry.value;
    }
  }
  // REQUIRES: the value is not in it.
  void insert(std::uint32_t hash, std::uint32_t value);
  // REQUIRES: the value is in it under this hash.
  void erase(std::uint32_t hash, std::uint32_t value);
  void clear();
  // In no order: it must make no difference.
  template <typename Visit>
  void for_each(const Visit& visit) const {
    for (const Entry& entry : entries_) {
      if (entry.value != kNone) visit(entry.value);
    }
  }
  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::uint32_t hash = 0;
    std::uint32_t value = kNone;
  };
  std::size_t mask() const { return entries_.size() - 1; }
  void resize(std::size_t capacity);

  std::vector<Entry> entries_;
  std::size_t size_ = 0;
};

}  // namespace mailcosm::sim
