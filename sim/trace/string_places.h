// StringPlaces: the strings that the binary form remembers, as its writer looks them up. All of its
// memory is there from the start.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "sim/trace/binary_format.h"

namespace mailcosm::sim::binary {

class StringPlaces {
 public:
  StringPlaces();

  // The place of a string that is remembered. A string that is not is remembered now, in the next
  // place, whose string is forgotten. REQUIRES: is_remembered(text.size()).
  std::optional<std::size_t> find_or_add(std::string_view text);

 private:
  static constexpr std::size_t kBuckets = 2 * kRemembered;
  static constexpr std::uint16_t kNone = 0xffff;
  struct Place {
    std::uint64_t hash = 0;
    std::uint16_t next = kNone;  // in the same bucket
    std::uint8_t size = 0;       // 0: not yet taken
  };

  std::uint16_t& bucket_of(std::uint64_t hash) { return buckets_[hash % kBuckets]; }
  char* octets_of(std::size_t place) { return octets_.get() + place * kRememberedMax; }
  void forget(std::size_t place);

  std::array<std::uint16_t, kBuckets> buckets_;
  std::array<Place, kRemembered> places_{};
  std::unique_ptr<char[]> octets_;
  std::size_t next_ = 0;
};

}  // namespace mailcosm::sim::binary
