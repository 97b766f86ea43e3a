#include "sim/net/crossing.h"

#include <concepts>
#include <cstring>

#include "protocols/base/check.h"
#include "sim/net/little_endian.h"

namespace mailcosm::sim {
namespace {

using What = CrossingReader::What;

constexpr std::size_t kAddressOctets = 16;
// Octets before the SACK blocks, and of each of them.
constexpr std::size_t kPacketHead = 141;
constexpr std::size_t kSackBlock = 8;
constexpr std::size_t kLoss = 29;

// Writes to memory that has room for it. Where each field goes is known to the compiler.
class Writer {
 public:
  explicit Writer(char* at) : at_(at) {}

  template <std::integral Number>
  void operator()(Number value) {
    put_little_endian(value, at_);
    at_ += sizeof value;
  }
  void operator()(bool value) { (*this)(static_cast<std::uint8_t>(value)); }
  void operator()(What what) { (*this)(static_cast<std::uint8_t>(what)); }
  void operator()(Protocol protocol) { (*this)(static_cast<std::uint8_t>(protocol)); }
  void operator()(RecordId id) { (*this)(id.bits()); }
  void operator()(const Endpoint& endpoint) {
    const std::string_view octets = endpoint.address.octets();
    (*this)(static_cast<std::uint8_t>(octets.size()));
    std::memset(at_, 0, kAddressOctets);
    // Of one size each, which needs no call.
    if (octets.size() == 4) {
      std::memcpy(at_, octets.data(), 4);
    } else if (octets.size() == kAddressOctets) {
      std::memcpy(at_, octets.data(), kAddressOctets);
    }
    at_ += kAddressOctets;
    (*this)(endpoint.port);
  }
  const char* at() const { return at_; }

 private:
  char* at_;
};

// Reads from memory that is there; whether it makes sense is another question.
class Reader {
 public:
  explicit Reader(const char* at) : at_(at) {}

  template <std::integral Number>
  void operator()(Number& value) {
    value = get_little_endian<Number>(at_);
    at_ += sizeof value;
  }
  void operator()(bool& value) {
    const std::uint8_t octet = get_octet();
    good_ = good_ && octet <= 1;
    value = octet == 1;
  }
  void operator()(Protocol& protocol) {
    protocol = static_cast<Protocol>(get_octet());
    good_ = good_ && (protocol == Protocol::kIcmp || protocol == Protocol::kTcp ||
                      protocol == Protocol::kUdp);
  }
  void operator()(RecordId& id) {
    std::uint64_t bits = 0;
    (*this)(bits);
    id = RecordId::from_bits(bits);
  }
  void operator()(Endpoint& endpoint) {
    const std::size_t size = get_octet();
    const bool is_address = size == 4 || size == kAddressOctets;
    endpoint.address = is_address ? IpAddress::from_octets({at_, size}) : IpAddress();
    good_ = good_ && (is_address || size == 0) && is_filled_up(size);
    at_ += kAddressOctets;
    (*this)(endpoint.port);
  }
  bool good() const { return good_; }
  const char* at() const { return at_; }

 private:
  // REQUIRES: size <= kAddressOctets.
  bool is_filled_up(std::size_t size) const {
    constexpr char kZeros[kAddressOctets] = {};
    return std::memcmp(at_ + size, kZeros, kAddressOctets - size) == 0;
  }
  std::uint8_t get_octet() { return static_cast<std::uint8_t>(*at_++); }

  const char* at_;
  bool good_ = true;
};

// The one list of what crosses, for both directions: first of a segment, then of a packet.
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
}

template <typename Fields, typename SomeArrival, typename SomePacket>
void each_field(Fields& fields, SomeArrival& arrival, SomePacket& packet) {
  fields(arrival.key.time.ns);
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

bool is_time(Instant time) { return time >= Instant{} && !time.is_never(); }

}  // namespace

void append_crossing(const CrossingPacket& arrival, const Packet& packet, std::string& output) {
  CHECK(arrival.key.event_class == EventClass::kPacket);
  const TcpSegment& segment = packet.segment;
  CHECK(segment.sack_count <= TcpSegment::kSackBlocksMax);
  char head[kPacketHead + TcpSegment::kSackBlocksMax * kSackBlock];
  Writer write(head);
  write(What::kPacket);
  each_field(write, arrival, packet);
  write(segment.payload.size());
  CHECK(write.at() == head + kPacketHead);
  for (std::size_t i = 0; i < segment.sack_count; ++i) {
    write(segment.sack[i].begin);
    write(segment.sack[i].end);
  }
  output.append(head, static_cast<std::size_t>(write.at() - head));
  output += segment.payload.view();
}

void append_crossing(const Loss& loss, std::string& output) {
  char octets[kLoss];
  Writer write(octets);
  write(What::kLoss);
  each_loss_field(write, loss);
  CHECK(write.at() == octets + kLoss);
  output.append(octets, kLoss);
}

CrossingReader::What CrossingReader::next() {
  if (rest_.empty()) return What::kEnd;
  const auto what = static_cast<What>(rest_.front());
  if (what == What::kPacket && read_packet()) return what;
  if (what == What::kLoss && read_loss()) return what;
  return What::kMalformed;
}

bool CrossingReader::read_packet() {
  if (rest_.size() < kPacketHead) return false;
  TcpSegment& segment = packet_.segment;
  Reader read(rest_.data() + 1);
  each_field(read, arrival_, packet_);
  arrival_.key.event_class = EventClass::kPacket;
  std::uint32_t size = 0;
  read(size);
  if (segment.sack_count > TcpSegment::kSackBlocksMax || size > BlockPool::kCapacityMax)
    return false;
  const std::size_t behind = kPacketHead + segment.sack_count * kSackBlock;
  if (rest_.size() < behind + size) return false;
  for (std::size_t i = 0; i < segment.sack_count; ++i) {
    read(segment.sack[i].begin);
    read(segment.sack[i].end);
  }
  if (!read.good() || !is_time(arrival_.key.time) || arrival_.lane >= lanes_ ||
      !is_node(packet_.from) || !is_node(packet_.to)) {
    return false;
  }
  payload_ = rest_.substr(behind, size);
  rest_.remove_prefix(behind + size);
  return true;
}

bool CrossingReader::read_loss() {
  if (rest_.size() < kLoss) return false;
  Reader read(rest_.data() + 1);
  each_loss_field(read, loss_);
  if (!is_time(loss_.time) || !is_node(loss_.reader) || !is_node(loss_.at) ||
      (!is_node(loss_.peer) && loss_.peer != kWorld)) {
    return false;
  }
  rest_.remove_prefix(kLoss);
  return true;
}

void CrossingReader::take(Packet& packet, BlockPool& pool) const {
  const std::uint32_t index = packet.index;
  packet = packet_;
  packet.index = index;
  packet.segment.payload = Slice::copy_of(pool, payload_);
}

}  // namespace mailcosm::sim
