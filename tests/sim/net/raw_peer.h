// A peer without a TCP of its own: it puts segments on the wire by hand, and reads what host b of a
// NetWorld has sent. The host that it stands for, a, has no power, so that nobody else answers.
#pragma once

#include <charconv>

#include "sim/net/fabric.h"
#include "tests/sim/net/net_world.h"
#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {

class RawPeer {
 public:
  explicit RawPeer(NetWorld& world) : world_(&world) { world.a().crash(); }

  struct Timestamps {
    std::uint32_t value;
    std::uint32_t echo;
  };
  // From `port` of a to port 25 of b, and what b has to say to it within 100 ms: its packets as
  // "SYN ACK seq 5 ack 9", separated by " | ".
  std::string say(std::uint16_t port, std::string_view flags, Sequence sequence,
                  Sequence acknowledgment, std::string_view payload = {},
                  const Timestamps* timestamps = nullptr) {
    const std::size_t seen = world_->log.entries.size();
    Fabric& fabric = world_->a().fabric();
    Packet& packet = fabric.packets.take();
    packet.protocol = Protocol::kTcp;
    packet.from = 0;
    packet.to = 1;
    packet.receiver = receiver;
    packet.source = world_->at_a(port);
    packet.destination = world_->at_b(to_port);
    TcpSegment& segment = packet.segment;
    segment.flags = TcpScript::flags_of(flags);
    segment.sequence = sequence;
    segment.acknowledgment = acknowledgment;
    segment.window = 60'000;
    if (segment.has(tcp_flag::kSyn)) segment.mss = 1460;
    segment.connection = ConnectionId::of(0, ++connections_);
    if (timestamps != nullptr) {
      segment.has_timestamps = true;
      segment.timestamp_value = timestamps->value;
      segment.timestamp_echo = timestamps->echo;
    }
    segment.payload = Slice::copy_of(fabric.blocks, payload);
    fabric.send(packet);
    world_->run_for(std::chrono::milliseconds(100));
    return answers_since(seen);
  }
  std::string answers_since(std::size_t seen) const {
    std::string text;
    for (std::size_t i = seen; i < world_->log.entries.size(); ++i) {
      const RecordLog::Entry& entry = world_->log.entries[i];
      if (entry.kind != Kind::kPacketSent || entry.host != 1) continue;
      const std::string& summary = entry.texts[0];
      const std::size_t begin = summary.find(" TCP ") + 5;
      if (!text.empty()) text += " | ";
      text += summary.substr(begin, summary.find(" win ") - begin);
    }
    return text;
  }
  // The number that follows the word in an answer.
  static Sequence number_after(std::string_view answer, std::string_view word) {
    const std::size_t at = answer.find(word);
    EXPECT_NE(at, std::string_view::npos) << answer;
    if (at == std::string_view::npos) return 0;
    Sequence number = 0;
    answer.remove_prefix(at + word.size() + 1);
    std::from_chars(answer.data(), answer.data() + answer.size(), number);
    return number;
  }
  // Opens a connection from `port`, with 1000 as our initial number. Gives b's.
  Sequence open(std::uint16_t port, const Timestamps* timestamps = nullptr) {
    const Sequence theirs = number_after(say(port, "S", 1000, 0, {}, timestamps), "seq");
    EXPECT_EQ(say(port, ".", 1001, theirs + 1, {}, timestamps), "");
    return theirs;
  }

  std::uint16_t to_port = 25;
  SocketSlot receiver = kNoSocket;  // what packets say of the other end's place

 private:
  NetWorld* world_;
  std::uint64_t connections_ = 0;
};

// What b answers, with numbers.
inline std::string answer(std::string_view flags, Sequence sequence, Sequence acknowledgment) {
  return std::string(flags) + " seq " + std::to_string(sequence) + " ack " +
         std::to_string(acknowledgment);
}

}  // namespace mailcosm::sim
