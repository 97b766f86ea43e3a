// StringPlaces: the strings that the binary form remembers, as its writer looks them up. All of its
// memory is there from the start.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
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
  // One string behind the other, so that few cache lines are touched. Those that are remembered, a
  // new one, and what is left at the end because that did not fit there, have room.
  static constexpr std::size_t kOctets = (kRemembered + 1) * kRememberedMax;
  static constexpr std::size_t kRecent = 4096;
  struct Place {
    std::uint64_t hash = 0;
    std::uint32_t begin = 0;     // in octets_
    std::uint16_t next = kNone;  // in the same bucket
    std::uint8_t size = 0;       // 0: not yet taken
  };

  std::uint16_t& bucket_of(std::uint64_t hash) { return buckets_[hash % kBuckets]; }
  std::uint16_t& recent_of(std::string_view text);
  bool holds(std::size_t place, std::string_view text) const {
    return places_[place].size == text.size() &&
           std::memcmp(octets_.get() + places_[place].begin, text.data(), text.size()) == 0;
  }
  std::size_t find(std::uint64_t hash, std::string_view text);
  void add(std::uint64_t hash, std::string_view text);
  void forget(std::size_t place);

  std::array<std::uint16_t, kBuckets> buckets_;
  std::array<Place, kRemembered> places_{};
  // Guesses, by where a string lay when it was last looked up: a packet's summary lies there at
  // every hop. The octets decide; a wrong guess only costs time.
  std::array<std::uint16_t, kRecent> recent_{};
  std::unique_ptr<char[]> octets_;
  std::size_t end_ = 0;   // of the last string
  std::size_t next_ = 0;  // place
};

}  // namespace mailcosm::sim::binary
