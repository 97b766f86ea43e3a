#include "sim/net/virtual_host.h"

#include "protocols/base/check.h"
#include "sim/net/fabric.h"
#include "sim/net/tcp_stack.h"
#include "sim/net/udp_stack.h"

namespace mailcosm::sim {

VirtualHost::VirtualHost(Fabric& fabric, HostIndex index)
    : fabric_(&fabric),
      addresses_(fabric.topology.node(index).addresses),
      trace_(fabric.recorder, index) {}

VirtualHost::~VirtualHost() = default;

Instant VirtualHost::now() const { return fabric_->now(); }

WallTime VirtualHost::wall_time() const { return fabric_->settings.epoch + Duration(now().ns); }

Random VirtualHost::stream_of(std::string_view name) const {
  std::string full = "host " + std::string(host_name()) + "/" + std::string(name);
  if (crashes_ != 0) full += "#" + std::to_string(crashes_);
  return Random::fork(fabric_->settings.seed, full);
}

Random VirtualHost::random(std::string_view name) const { return stream_of(name); }

std::string_view VirtualHost::host_name() const { return fabric_->topology.node(index()).name; }

const std::vector<IpAddress>& VirtualHost::addresses() const {
  return fabric_->topology.node(index()).addresses;
}

IpAddress VirtualHost::source_address_for(const IpAddress& remote) const {
  if (fabric_->owner_of(remote, index()) == index()) return remote;
  for (const IpAddress& address : addresses_) {
    if (address.family() == remote.family()) return address;
  }
  return {};
}

std::size_t VirtualHost::connections() const { return tcp_ ? tcp_->connections() : 0; }

std::size_t VirtualHost::time_waits() const { return tcp_ ? tcp_->time_waits() : 0; }

TcpStack& VirtualHost::tcp() {
  if (!tcp_) tcp_.emplace(*this, stream_of("tcp"));
  return *tcp_;
}

UdpStack& VirtualHost::udp() {
  if (!udp_) udp_ = std::make_unique<UdpStack>(*this, stream_of("udp-port"));
  return *udp_;
}

VirtualDisk& VirtualHost::virtual_disk() {
  if (!disk_)
    disk_ = std::make_unique<VirtualDisk>(static_cast<DiskHost&>(*this), VirtualDisk::Options());
  return *disk_;
}

std::unique_ptr<Listener> VirtualHost::listen(const Endpoint& local, ListenHandler& handler) {
  return tcp().listen(local, handler);
}

std::unique_ptr<Stream> VirtualHost::connect(const Endpoint& remote, StreamHandler& handler) {
  return tcp().connect(remote, handler);
}

std::unique_ptr<DatagramSocket> VirtualHost::bind(const Endpoint& local, DatagramHandler& handler) {
  return udp().bind(local, handler);
}

ContentPool& VirtualHost::contents() { return fabric_->contents; }

TimerIndex VirtualHost::create_timer(TimerHandler& handler, std::uint64_t tag) {
  return timers_.create(handler, tag);
}

void VirtualHost::arm_timer(TimerIndex timer, Instant deadline) {
  if (up_) timers_.arm(*this, timer, deadline);
}

void VirtualHost::destroy_timer(TimerIndex timer) { timers_.destroy(timer); }

void VirtualHost::wake_disk_at(Instant when) {
  fabric_->schedule(index(), when, NetworkEvent::kDisk);
}

void VirtualHost::crash(RecordId cause) {
  fabric_->recorder.set_time(now());
  trace_.set_cause(cause);
  const RecordId crashed = trace_.emit(Kind::kHostCrashed, {host_name()});
  trace_.set_cause(crashed);
  if (!up_) return;
  up_ = false;
  crashed_ = crashed;
  ++crashes_;
  if (tcp_) tcp_->crash();
  if (udp_) udp_->crash();
  timers_.disarm_all();
  if (disk_) {
    Random random = stream_of("disk");
    disk_->crash(random);
  }
}

void VirtualHost::restart(RecordId cause) {
  fabric_->recorder.set_time(now());
  trace_.set_cause(cause);
  trace_.set_cause(trace_.emit(Kind::kHostRestarted, {host_name()}));
  up_ = true;
}

void VirtualHost::receive(Packet& packet) {
  if (!up_) return fabric_->drop(packet, index(), "host down", crashed_);
  if (fabric_->records_packets()) fabric_->record(packet, index(), Kind::kPacketReceived);
  dispatching_ = true;
  if (packet.protocol == Protocol::kTcp) {
    tcp().receive(packet);
  } else {
    udp().receive(packet);
  }
  fabric_->packets.give_back(packet);
  flush();
}

void VirtualHost::handle(const Event& event) {
  if (!up_) return;
  dispatching_ = true;
  const auto detail = static_cast<std::uint32_t>(event.a >> 32);
  switch (static_cast<NetworkEvent>(event.what)) {
    case NetworkEvent::kTimer:
      timers_.expire(*this, detail, static_cast<std::uint32_t>(event.b));
      break;
    case NetworkEvent::kTcpTimer:
      if (detail == kNoSocket) {
        tcp().expire_time_wait();
      } else {
        tcp().expire(*fabric_->sockets.find(detail));
      }
      break;
    case NetworkEvent::kFlush:
      break;
    case NetworkEvent::kDisk:
      virtual_disk().expire(now());
      break;
    case NetworkEvent::kNotices:
      if (udp_) udp_->tell_notices();
      if (tcp_) tcp_->tell_notices();
      break;
    case NetworkEvent::kArrival:
    case NetworkEvent::kLoopback:
      CHECK(false);
      break;
  }
  flush();
}

void VirtualHost::flush() {
  if (tcp_) tcp_->flush();
  dispatching_ = false;
}

}  // namespace mailcosm::sim
