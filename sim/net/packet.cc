#include "sim/net/packet.h"

namespace mailcosm::sim {

// Piece by piece, for most of it is written anew by every sender: from, to, addresses,
// identification and size.
void Packet::clear() {
  protocol = Protocol::kTcp;
  hops_left = kHopsMax;
  sender = receiver = kNoSocket;
  sent_record = {};
  about_local_port = about_remote_port = 0;
  segment.clear();
}

Packet& PacketArena::take() {
  if (free_.empty()) {
    const auto first = static_cast<std::uint32_t>(chunks_.size()) * kChunk;
    chunks_.push_back(std::make_unique<Packet[]>(kChunk));
    free_.reserve(chunks_.size() * kChunk);
    for (std::uint32_t i = kChunk; i > 0; --i) {
      chunks_.back()[i - 1].index = first + i - 1;
      free_.push_back(first + i - 1);
    }
  }
  ++in_use_;
  const std::uint32_t index = free_.back();
  free_.pop_back();
  return (*this)[index];
}

Packet& PacketArena::copy(const Packet& packet) {
  Packet& twin = take();
  const std::uint32_t index = twin.index;
  twin = packet;
  twin.index = index;
  return twin;
}

void PacketArena::give_back(Packet& packet) {
  packet.clear();
  free_.push_back(packet.index);
  --in_use_;
}

}  // namespace mailcosm::sim
