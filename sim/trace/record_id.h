// RecordId and ConnectionId: names that stay the same when times move.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "protocols/base/result.h"
#include "sim/core/event.h"

namespace mailcosm::sim {

// How deep a record lies. Readers and writers choose the layers they want; numbering does not
// depend on the choice.
enum class Layer : std::uint8_t {
  kStory = 0,     // what a teacher tells: composed, queued, looked up, delivered, read
  kProtocol = 1,  // sessions and the lines of their dialogues, DNS messages
  kPacket = 2,    // segments and datagrams on links
};
inline constexpr int kLayers = 3;

// "h3" for the host of this index, "w" for the world.
std::string host_text(HostIndex host);
Result<HostIndex> parse_host(std::string_view text);

// The n-th record of one layer on one host: 24 bits of host, 4 of layer, 36 of count. Zero: no
// record.
class RecordId {
 public:
  constexpr RecordId() = default;
  constexpr RecordId(HostIndex host, Layer layer, std::uint64_t count)
      : bits_(std::uint64_t{(host + 1) & 0xffffff} << 40 | static_cast<std::uint64_t>(layer) << 36 |
              count) {}
  static constexpr RecordId from_bits(std::uint64_t bits) {
    RecordId id;
    id.bits_ = bits;
    return id;
  }

  constexpr bool is_none() const { return bits_ == 0; }
  // kWorld is stored as host number 0 - 1 and comes back as kWorld.
  constexpr HostIndex host() const {
    const auto stored = static_cast<HostIndex>(bits_ >> 40);
    return stored == 0 ? kWorld : stored - 1;
  }
  constexpr Layer layer() const { return static_cast<Layer>(bits_ >> 36 & 15); }
  constexpr std::uint64_t count() const { return bits_ & 0xfffffffff; }
  constexpr std::uint64_t bits() const { return bits_; }

  // "h3s12": host 3, story record 12; layers are s, p and n; the world is "w". No record is "-".
  std::string to_string() const;
  static Result<RecordId> parse(std::string_view text);

  friend constexpr auto operator<=>(const RecordId&, const RecordId&) = default;

 private:
  std::uint64_t bits_ = 0;
};

// A connection, named by who opened it: 24 bits of host + 1, 40 of that host's count. Zero: no
// connection.
struct ConnectionId {
  std::uint64_t bits = 0;

  static constexpr ConnectionId of(HostIndex opener, std::uint64_t count) {
    return {std::uint64_t{(opener + 1) & 0xffffff} << 40 | count};
  }
  constexpr bool is_none() const { return bits == 0; }
  constexpr HostIndex opener() const { return static_cast<HostIndex>(bits >> 40) - 1; }
  constexpr std::uint64_t count() const { return bits & 0xffffffffff; }
  std::string to_string() const;  // "h3c7", or "-"
  static Result<ConnectionId> parse(std::string_view text);
  friend constexpr auto operator<=>(const ConnectionId&, const ConnectionId&) = default;
};

}  // namespace mailcosm::sim
