#include "sim/net/crossing.h"

#include <cstring>
#include <type_traits>

namespace mailcosm::sim {
namespace {

using What = CrossingReader::What;

// Octets before the payload of a packet; none is longer.
constexpr std::size_t kHeadMax = 256;

class Head {
 public:
  template <typename T>
  void put(const T& value) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    std::memcpy(octets_ + size_, &value, sizeof value);
    size_ += sizeof value;
  }
  void put(RecordId id) { put(id.bits()); }
  void put(const Endpoint& endpoint) {
    const std::string_view octets = endpoint.address.octets();
    put(static_cast<std::uint8_t>(octets.size()));
    std::memcpy(octets_ + size_, octets.data(), octets.size());
    size_ += octets.size();
    put(endpoint.port);
  }
  std::string_view view() const { return {octets_, size_}; }

 private:
  char octets_[kHeadMax];
  std::size_t size_ = 0;
};

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
  void get(T& value) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    if (rest_.size() < sizeof value) return fail();
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
  }
  void get(bool& value) {
    std::uint8_t octet = 0;
    get(octet);
    if (octet > 1) return fail();
    value = octet == 1;
  }
  void get(RecordId& id) {
    std::uint64_t bits = 0;
    get(bits);
    id = RecordId::from_bits(bits);
  }
  void get(Endpoint& endpoint) {
    std::uint8_t size = 0;
    get(size);
    if ((size != 0 && size != 4 && size != 16) || rest_.size() < size) return fail();
    endpoint.address = size == 0 ? IpAddress() : IpAddress::from_octets(rest_.substr(0, size));
    rest_.remove_prefix(size);
    get(endpoint.port);
  }
  std::string_view get_octets(std::size_t size) {
    if (rest_.size() < size) {
      fail();
      return {};
    }
    const std::string_view octets = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return octets;
  }
  bool good() const { return good_; }
  std::string_view rest() const { return rest_; }

 private:
  void fail() {
    good_ = false;
    rest_ = {};
  }
  std::string_view rest_;
  bool good_ = true;
};

// The one list of what of a segment crosses, for both directions; of SACK blocks, those in use.
template <typename Fields, typename Segment>
void each_field(Fields& fields, Segment& segment) {
  fields(segment.sequence);
  fields(segment.acknowledgment);
  fields(segment.window);
  fields(segment.flags);
  fields(segment.window_scale);
  fields(segment.mss);
  fields(segment.sack_permitted);
  fields(segment.has_timestamps);
  fields(segment.is_resent);
  fields(segment.timestamp_value);
  fields(segment.timestamp_echo);
  fields(segment.cause);
  fields(segment.connection.bits);
  fields(segment.sack_count);
  for (std::size_t i = 0; i < segment.sack_count && i < segment.sack.size(); ++i) {
    fields(segment.sack[i].begin);
    fields(segment.sack[i].end);
  }
}

template <typename Fields, typename SomeArrival, typename SomePacket>
void each_field(Fields& fields, SomeArrival& arrival, SomePacket& packet) {
  fields(arrival.key.time.ns);
  fields(arrival.key.event_class);
  fields(arrival.key.source);
  fields(arrival.key.sequence);
  fields(arrival.lane);
  fields(arrival.epoch);
  fields(packet.protocol);
  fields(packet.hops_left);
  fields(packet.identification);
  fields(packet.from);
  fields(packet.to);
  fields(packet.wire_size);
  fields(packet.source);
  fields(packet.destination);
  fields(packet.sent_record);
  fields(packet.about_local_port);
  fields(packet.about_remote_port);
  each_field(fields, packet.segment);
}

template <typename Fields, typename SomeLoss>
void each_loss_field(Fields& fields, SomeLoss& loss) {
  fields(loss.reader);
  fields(loss.peer);
  fields(loss.at);
  fields(loss.time.ns);
  fields(loss.fault);
}

bool is_protocol(Protocol protocol) {
  return protocol == Protocol::kIcmp || protocol == Protocol::kTcp || protocol == Protocol::kUdp;
}

}  // namespace

void append_crossing(const CrossingPacket& arrival, const Packet& packet, std::string& output) {
  Head head;
  head.put(What::kPacket);
  const auto put = [&](const auto& field) { head.put(field); };
  each_field(put, arrival, packet);
  head.put(packet.segment.payload.size());
  output += head.view();
  output += packet.segment.payload.view();
}

void append_crossing(const Loss& loss, std::string& output) {
  Head head;
  head.put(What::kLoss);
  const auto put = [&](const auto& field) { head.put(field); };
  each_loss_field(put, loss);
  output += head.view();
}

CrossingReader::What CrossingReader::next() {
  if (rest_.empty()) return What::kEnd;
  const auto what = static_cast<What>(rest_.front());
  if (what == What::kPacket && read_packet()) return what;
  if (what == What::kLoss && read_loss()) return what;
  return What::kMalformed;
}

bool CrossingReader::read_packet() {
  Cursor cursor(rest_.substr(1));
  const auto get = [&](auto& field) { cursor.get(field); };
  packet_.segment.sack_count = 0;
  each_field(get, arrival_, packet_);
  std::uint32_t size = 0;
  cursor.get(size);
  if (size > BlockPool::kCapacityMax) return false;
  payload_ = cursor.get_octets(size);
  const bool makes_sense = cursor.good() && arrival_.key.event_class == EventClass::kPacket &&
                           arrival_.key.time >= Instant{} && !arrival_.key.time.is_never() &&
                           arrival_.lane < lanes_ && is_protocol(packet_.protocol) &&
                           is_node(packet_.from) && is_node(packet_.to) &&
                           packet_.segment.sack_count <= TcpSegment::kSackBlocksMax;
  if (makes_sense) rest_ = cursor.rest();
  return makes_sense;
}

bool CrossingReader::read_loss() {
  Cursor cursor(rest_.substr(1));
  const auto get = [&](auto& field) { cursor.get(field); };
  each_loss_field(get, loss_);
  const bool makes_sense = cursor.good() && is_node(loss_.reader) && is_node(loss_.at) &&
                           (is_node(loss_.peer) || loss_.peer == kWorld);
  if (makes_sense) rest_ = cursor.rest();
  return makes_sense;
}

void CrossingReader::take(Packet& packet, BlockPool& pool) const {
  const std::uint32_t index = packet.index;
  packet = packet_;
  packet.index = index;
  packet.segment.payload = Slice::copy_of(pool, payload_);
}

}  // namespace mailcosm::sim
