#include "tests/support/fake_runtime.h"

#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "tests/support/fake_stream.h"

namespace mailcosm::sim {

class FakeListener final : public Listener {
 public:
  FakeListener(FakeHost& host, const Endpoint& endpoint) : host_(&host), endpoint_(endpoint) {}
  ~FakeListener() override { host_->listeners_.erase(endpoint_); }

 private:
  FakeHost* host_;
  Endpoint endpoint_;
};

class FakeSocket final : public DatagramSocket {
 public:
  FakeSocket(FakeWorld& world, FakeHost& host, const Endpoint& local, DatagramHandler& handler)
      : world_(&world), host_(&host), local_(local), handler_(&handler) {
    host_->sockets_[local_] = this;
  }
  ~FakeSocket() override { host_->sockets_.erase(local_); }

  void send_to(const Endpoint& remote, std::string_view bytes, const IpAddress& from) override {
    CHECK(bytes.size() <= kSizeMax);
    Endpoint source{from.is_none() ? local_.address : from, local_.port};
    if (source.address.is_none()) source.address = host_->addresses().front();
    if (world_->drops_datagram && world_->drops_datagram(source, remote)) return;
    world_->post(world_->now() + world_->latency,
                 [world = world_, source, remote, cause = host_->trace().cause(),
                  text = std::string(bytes)] { deliver(*world, source, remote, cause, text); });
  }
  std::uint16_t port() const override { return local_.port; }

 private:
  static FakeSocket* find(FakeHost& host, const Endpoint& endpoint) {
    const auto exact = host.sockets_.find(endpoint);
    if (exact != host.sockets_.end()) return exact->second;
    const auto any = host.sockets_.find({IpAddress(), endpoint.port});
    return any == host.sockets_.end() ? nullptr : any->second;
  }

  static void deliver(FakeWorld& world, const Endpoint& source, const Endpoint& remote,
                      RecordId cause, const std::string& text) {
    FakeHost* host = world.host_of(remote.address);
    if (host != nullptr && host->down_) return;
    FakeSocket* socket = host == nullptr ? nullptr : find(*host, remote);
    if (socket != nullptr) {
      host->trace().set_cause(cause);
      socket->handler_->on_datagram(source, remote, text);
      return;
    }
    world.post(world.now() + world.latency, [&world, source, remote, cause] {
      FakeHost* sender = world.host_of(source.address);
      FakeSocket* back = sender == nullptr ? nullptr : find(*sender, source);
      if (back == nullptr) return;
      sender->trace().set_cause(cause);
      back->handler_->on_unreachable(remote);
    });
  }

  FakeWorld* world_;
  FakeHost* host_;
  Endpoint local_;
  DatagramHandler* handler_;
};

std::string KeptRecord::to_string() const {
  std::string text(info_of(kind).name);
  for (std::size_t i = 0; i < values.size(); ++i) {
    text.append(" ").append(info_of(kind).fields[i].name).append("=").append(values[i]);
  }
  return text;
}

const std::string& KeptRecord::value(std::string_view field) const {
  const auto fields = info_of(kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) return values.at(i);
  }
  CHECK(false);
  return values.front();
}

FakeWorld::FakeWorld() : recorder_(kHostsMax) {
  recorder_.set_depth(Layer::kProtocol);
  recorder_.add_sink(*this);
}

FakeWorld::~FakeWorld() = default;

FakeHost& FakeWorld::add_host(std::string name, std::string_view addresses) {
  CHECK(hosts_.size() < kHostsMax);
  std::vector<IpAddress> parsed;
  while (!addresses.empty())
    parsed.push_back(IpAddress::parse(ascii::take_until(addresses, ' ')).value());
  const auto index = static_cast<HostIndex>(hosts_.size());
  hosts_.push_back(std::make_unique<FakeHost>(*this, index, std::move(name), std::move(parsed)));
  return *hosts_.back();
}

void FakeWorld::accept(const Record& record) {
  KeptRecord kept{record.id,
                  record.time,
                  record.host,
                  record.kind,
                  record.subject.connection.to_string(),
                  std::string(record.subject.message),
                  {}};
  const auto fields = info_of(record.kind).fields;
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const Value& value = record.values[i];
    const bool is_text = fields[i].type == FieldType::kText || fields[i].type == FieldType::kBytes;
    kept.values.push_back(is_text ? std::string(value.text) : std::to_string(value.number));
  }
  records_.push_back(std::move(kept));
}

std::vector<KeptRecord> FakeWorld::records_of(Kind kind) const {
  std::vector<KeptRecord> found;
  for (const KeptRecord& record : records_) {
    if (record.kind == kind) found.push_back(record);
  }
  return found;
}

void FakeWorld::post(Instant when, std::function<void()> what) {
  queue_.emplace(std::pair(std::max(when, now_), ++posted_), std::move(what));
}

void FakeWorld::step() {
  auto node = queue_.extract(queue_.begin());
  now_ = node.key().first;
  recorder_.set_time(now_);
  node.mapped()();
}

void FakeWorld::run_until(Instant end) {
  while (!queue_.empty() && queue_.begin()->first.first <= end) step();
  now_ = std::max(now_, end);
  recorder_.set_time(now_);
}

void FakeWorld::run(std::size_t events_max) {
  for (std::size_t i = 0; i < events_max && !queue_.empty(); ++i) step();
}

FakeHost* FakeWorld::host_of(const IpAddress& address) const {
  for (const auto& host : hosts_) {
    if (std::ranges::find(host->addresses_, address) != host->addresses_.end()) return host.get();
  }
  return nullptr;
}

FakeHost::FakeHost(FakeWorld& world, HostIndex index, std::string name,
                   std::vector<IpAddress> addresses)
    : world_(&world),
      index_(index),
      name_(std::move(name)),
      addresses_(std::move(addresses)),
      trace_(world.recorder_, index),
      disk_(static_cast<DiskHost&>(*this), {}) {
  CHECK(!addresses_.empty());
}

Instant FakeHost::now() const { return world_->now_; }

WallTime FakeHost::wall_time() const { return world_->epoch + (world_->now_ - Instant{}); }

Random FakeHost::random(std::string_view name) const {
  return Random::fork(1, name_ + "/" + std::string(name));
}

std::unique_ptr<Listener> FakeHost::listen(const Endpoint& local, ListenHandler& handler) {
  if (!listeners_.emplace(local, &handler).second) return nullptr;
  return std::make_unique<FakeListener>(*this, local);
}

ListenHandler* FakeHost::listener_for(const Endpoint& endpoint) const {
  const auto exact = listeners_.find(endpoint);
  if (exact != listeners_.end()) return exact->second;
  const auto any = listeners_.find({IpAddress(), endpoint.port});
  return any == listeners_.end() ? nullptr : any->second;
}

std::unique_ptr<Stream> FakeHost::connect(const Endpoint& remote, StreamHandler& handler) {
  return FakeStream::open(*world_, *this, remote, handler);
}

std::unique_ptr<DatagramSocket> FakeHost::bind(const Endpoint& local, DatagramHandler& handler) {
  Endpoint endpoint = local;
  if (endpoint.port == 0) endpoint.port = ephemeral_port();
  if (sockets_.contains(endpoint)) return nullptr;
  return std::make_unique<FakeSocket>(*world_, *this, endpoint, handler);
}

TimerIndex FakeHost::create_timer(TimerHandler& handler, std::uint64_t tag) {
  timers_.push_back({.handler = &handler, .tag = tag, .cause = {}});
  return static_cast<TimerIndex>(timers_.size() - 1);
}

void FakeHost::arm_timer(TimerIndex timer, Instant deadline) {
  TimerState& state = timers_[timer];
  state.deadline = deadline;
  state.cause = trace_.cause();
  const std::uint64_t generation = ++state.generation;
  if (deadline.is_never()) return;
  world_->post(deadline, [this, timer, generation] {
    TimerState& armed = timers_[timer];
    if (armed.handler == nullptr || armed.generation != generation) return;
    armed.deadline = Instant::never();
    trace_.set_cause(armed.cause);
    armed.handler->on_timer(armed.tag);
  });
}

void FakeHost::destroy_timer(TimerIndex timer) { timers_[timer].handler = nullptr; }

void FakeHost::wake_disk_at(Instant when) {
  world_->post(when, [this] { disk_.expire(world_->now_); });
}

void FakeHost::crash() {
  Random random = this->random("crash");
  disk_.crash(random);
}

}  // namespace mailcosm::sim
