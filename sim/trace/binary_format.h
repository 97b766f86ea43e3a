// The constants of the binary trace format and the state that its writer and reader share
// (docs/trace-format.md).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/record_id.h"

namespace mailcosm::sim::binary {

// As in PNG: an octet above 127 and both line ends show damage by a transfer in text mode.
inline constexpr std::string_view kMagic = "\x89MCT\r\n\x1a\n";

// The first varint of an item's body. Kind k of the file's table has tag kFirstKind + k.
inline constexpr std::uint64_t kCheckpoint = 0;
inline constexpr std::uint64_t kEnd = 1;
inline constexpr std::uint64_t kFirstKind = 2;

// Strings of 2 to kRememberedMax octets take the next of kRemembered places, over and over.
inline constexpr std::size_t kRemembered = 4096;
inline constexpr std::size_t kRememberedMax = 200;
constexpr bool is_remembered(std::size_t length) { return length >= 2 && length <= kRememberedMax; }

constexpr std::uint64_t zigzag(std::int64_t number) {
  return static_cast<std::uint64_t>(number) << 1 ^ static_cast<std::uint64_t>(number >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1 ^ (0 - (number & 1)));
}

// Host slots: 0 is the world, n + 1 is host n.
constexpr std::uint64_t slot_of(HostIndex host) {
  return host == kWorld ? 0 : std::uint64_t{host} + 1;
}
constexpr HostIndex host_of(std::uint64_t slot) {
  return slot == 0 ? kWorld : static_cast<HostIndex>(slot - 1);
}

// The last count of every host and layer, against which ids are written.
class Counts {
 public:
  explicit Counts(std::size_t hosts) : counts_(hosts + 1) {}
  std::uint64_t& at(std::uint64_t slot, Layer layer) {
    return counts_[slot][static_cast<std::size_t>(layer)];
  }
  std::size_t slots() const { return counts_.size(); }

 private:
  std::vector<std::array<std::uint64_t, kLayers>> counts_;
};

}  // namespace mailcosm::sim::binary
