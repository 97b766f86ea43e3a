#include "sim/net/udp_stack.h"

#include <string>
#include <utility>

#include "protocols/base/check.h"
#include "sim/net/fabric.h"
#include "sim/net/ports.h"
#include "sim/net/virtual_host.h"
#include "sim/net/wire_format.h"

namespace mailcosm::sim {

class UdpSocket final : public DatagramSocket {
 public:
  UdpSocket(UdpStack& stack, const Endpoint& local, DatagramHandler& handler)
      : stack_(&stack), local_(local), handler_(&handler) {}
  ~UdpSocket() override {
    if (stack_ != nullptr) stack_->sockets_.erase(local_);
  }

  void send_to(const Endpoint& remote, std::string_view bytes, const IpAddress& from) override {
    CHECK(bytes.size() <= kSizeMax);
    if (stack_ == nullptr) return;
    const IpAddress& source = from.is_none() ? local_.address : from;
    stack_->send({source, local_.port}, remote, bytes);
  }
  std::uint16_t port() const override { return local_.port; }

  DatagramHandler& handler() { return *handler_; }
  // The host has crashed.
  void detach() { stack_ = nullptr; }

 private:
  UdpStack* stack_;
  Endpoint local_;
  DatagramHandler* handler_;
};

UdpStack::~UdpStack() { crash(); }

void UdpStack::crash() {
  for (auto& [local, socket] : sockets_) socket->detach();
  sockets_.clear();
  notices_.clear();
}

std::unique_ptr<DatagramSocket> UdpStack::bind(const Endpoint& local, DatagramHandler& handler) {
  Endpoint wanted = without_wildcard(local);
  if (wanted.port == 0) {
    wanted.port = unused_port();
    if (wanted.port == 0) return nullptr;
  } else if (sockets_.contains(wanted) || (wanted.address.is_none() && is_taken(wanted.port)) ||
             sockets_.contains({IpAddress(), wanted.port})) {
    return nullptr;
  }
  auto socket = std::make_unique<UdpSocket>(*this, wanted, handler);
  sockets_.emplace(wanted, socket.get());
  return socket;
}

bool UdpStack::is_taken(std::uint16_t port) const {
  const auto found = sockets_.lower_bound({IpAddress(), port});
  return found != sockets_.end() && found->first.port == port;
}

std::uint16_t UdpStack::unused_port() {
  const std::uint64_t start = random_.below(kEphemeralPorts);
  for (std::uint32_t i = 0; i < kEphemeralPorts; ++i) {
    const auto port = static_cast<std::uint16_t>(kEphemeralPortMin + (start + i) % kEphemeralPorts);
    if (!is_taken(port)) return port;
  }
  return 0;
}

UdpSocket* UdpStack::find(const Endpoint& local) const {
  auto found = sockets_.find(local);
  if (found == sockets_.end()) found = sockets_.find({IpAddress(), local.port});
  return found == sockets_.end() ? nullptr : found->second;
}

void UdpStack::send(const Endpoint& local, const Endpoint& remote, std::string_view bytes) {
  Fabric& fabric = host_->fabric();
  Endpoint source = local;
  if (source.address.is_none()) source.address = host_->source_address_for(remote.address);
  const HostIndex to = fabric.owner_of(remote.address, host_->index());
  if (source.address.family() != remote.address.family() ||
      (to != host_->index() && (to == kWorld || fabric.next_hop(host_->index(), to) == kNoLane))) {
    notices_.push_back({local, remote, host_->trace().cause()});
    if (notices_.size() == 1) fabric.schedule(host_->index(), host_->now(), NetworkEvent::kNotices);
    return;
  }
  Packet& packet = fabric.packets.take();
  packet.protocol = Protocol::kUdp;
  packet.identification = host_->next_identification();
  packet.from = host_->index();
  packet.to = to;
  packet.source = source;
  packet.destination = remote;
  packet.segment.payload = Slice::copy_of(fabric.blocks, bytes);
  packet.segment.cause = host_->trace().cause();
  fabric.send(packet);
}

void UdpStack::receive(const Packet& packet) {
  if (packet.protocol == Protocol::kIcmp) {
    const Endpoint local{packet.destination.address, packet.about_local_port};
    return tell_unreachable(local, {packet.source.address, packet.about_remote_port},
                            packet.segment.cause);
  }
  UdpSocket* socket = find(packet.destination);
  if (socket == nullptr) return refuse(packet);
  host_->trace().set_cause(packet.segment.cause);
  socket->handler().on_datagram(packet.source, packet.destination, packet.segment.payload.view());
}

void UdpStack::tell_unreachable(const Endpoint& local, const Endpoint& remote, RecordId cause) {
  UdpSocket* socket = find(local);
  if (socket == nullptr) return;
  host_->trace().set_cause(cause);
  socket->handler().on_unreachable(remote);
}

void UdpStack::tell_notices() {
  std::vector<Notice> notices;
  notices.swap(notices_);
  for (const Notice& notice : notices) tell_unreachable(notice.local, notice.remote, notice.cause);
}

// RFC 1122 section 3.2.2.1: the notice quotes the header and the first eight octets of what could
// not be delivered.
void UdpStack::refuse(const Packet& packet) {
  Fabric& fabric = host_->fabric();
  Packet& notice = fabric.packets.take();
  std::string quoted;
  append_ip_packet(packet, quoted);
  quoted.resize(ip_header_size(packet.source.address) + kUdpHeaderSize);
  notice.protocol = Protocol::kIcmp;
  notice.identification = host_->next_identification();
  notice.from = host_->index();
  notice.to = packet.from;
  notice.source = {packet.destination.address, 0};
  notice.destination = {packet.source.address, 0};
  notice.about_local_port = packet.source.port;
  notice.about_remote_port = packet.destination.port;
  notice.segment.payload = Slice::copy_of(fabric.blocks, quoted);
  notice.segment.cause = packet.segment.cause;
  fabric.send(notice);
}

}  // namespace mailcosm::sim
