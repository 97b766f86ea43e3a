// PacketSummaries: the texts of append_summary(), each made once for a packet on all its way.
//
// A text belongs to the record of its sending, which is the same at every hop, and lies where the
// packet lies in its arena. Memory is that of the packets under way at most; nothing is allocated
// once they have been as many.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/net/packet.h"

namespace mailcosm::sim {

class PacketSummaries {
 public:
  // Of a packet that is being sent. The view lives until the next call for a packet of this index.
  std::string_view write(const Packet& packet);
  // packet.sent_record has been set since write(): the text may be used again.
  void keep(const Packet& packet) { texts_[packet.index].sent = packet.sent_record; }
  // Of a packet that has been sent, maybe by another partition.
  std::string_view of(const Packet& packet);

 private:
  struct Text {
    RecordId sent;
    std::string summary;
  };
  std::vector<Text> texts_;  // by index of the packet
};

}  // namespace mailcosm::sim
