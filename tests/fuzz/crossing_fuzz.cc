// Any bytes in the place of what another partition sent: they are refused, or they are what packets
// and losses say that the network could have sent, octet for octet.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/check.h"
#include "sim/net/crossing.h"

using mailcosm::sim::CrossingReader;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kNodes = 50, kLanes = 90;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CrossingReader reader(bytes, kNodes, kLanes);
  mailcosm::sim::BlockPool pool;
  std::string again;
  for (;;) {
    switch (reader.next()) {
      case CrossingReader::What::kPacket: {
        mailcosm::sim::Packet packet;
        reader.take(packet, pool);
        CHECK(packet.from < kNodes && packet.to < kNodes && reader.arrival().lane < kLanes);
        append_crossing(reader.arrival(), packet, again);
        break;
      }
      case CrossingReader::What::kLoss:
        append_crossing(reader.loss(), again);
        break;
      case CrossingReader::What::kEnd:
        CHECK(again == bytes);
        return 0;
      case CrossingReader::What::kMalformed:
        CHECK(bytes.starts_with(again) && again.size() < bytes.size());
        return 0;
    }
  }
}
