#include "sim/net/packet_summaries.h"

#include "sim/net/wire_format.h"

namespace mailcosm::sim {

std::string_view PacketSummaries::write(const Packet& packet) {
  if (packet.index >= texts_.size()) texts_.resize(packet.index + 1);
  Text& text = texts_[packet.index];
  text.sent = {};
  text.summary.clear();
  append_summary(packet, text.summary);
  return text.summary;
}

std::string_view PacketSummaries::of(const Packet& packet) {
  const bool is_known = packet.index < texts_.size() && !packet.sent_record.is_none() &&
                        texts_[packet.index].sent == packet.sent_record;
  if (is_known) return texts_[packet.index].summary;
  write(packet);
  keep(packet);
  return texts_[packet.index].summary;
}

}  // namespace mailcosm::sim
