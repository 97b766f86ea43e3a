// FakeWorld and FakeHost: a Runtime for tests of agents, without packets.
//
// A virtual clock, hosts with addresses, byte streams and datagrams between them with one fixed
// latency, timers, a VirtualDisk each, and a Recorder whose records are kept for the test to read.
// Deterministic; what it does not have is loss, bandwidth and congestion: sim/net has them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/host/runtime.h"
#include "sim/host/virtual_disk.h"

namespace mailcosm::sim {

class FakeHost;
class FakeStream;
class FakeSocket;

// A record as text, for tests.
struct KeptRecord {
  RecordId id;
  Instant time;
  HostIndex host = kWorld;
  Kind kind = Kind::kNote;
  std::string connection;
  std::string message;
  std::vector<std::string> values;  // numbers in decimal

  // "name=value name=value ..." in the order of the kind's fields.
  std::string to_string() const;
  // REQUIRES: the kind has a field of that name.
  const std::string& value(std::string_view field) const;
};

class FakeWorld : private RecordSink {
 public:
  static constexpr std::size_t kHostsMax = 64;

  FakeWorld();
  ~FakeWorld();
  FakeWorld(const FakeWorld&) = delete;
  FakeWorld& operator=(const FakeWorld&) = delete;

  // The first address of the text is preferred; addresses are separated by spaces.
  FakeHost& add_host(std::string name, std::string_view addresses);

  Instant now() const { return now_; }
  // Runs until nothing is left to do before `end`, and leaves the clock there.
  void run_until(Instant end);
  void run_for(Duration duration) { run_until(now_ + duration); }
  // Runs until nothing is left to do at all, timers included; at most `events_max` events.
  void run(std::size_t events_max = 1'000'000);

  const std::vector<KeptRecord>& records() const { return records_; }
  std::vector<KeptRecord> records_of(Kind kind) const;
  void clear_records() { records_.clear(); }
  Recorder& recorder() { return recorder_; }

  // Settings; they hold for what is sent afterwards.
  Duration latency = std::chrono::milliseconds(1);
  std::size_t segment_length = 0;  // streams deliver pieces of at most so many octets; 0: as sent
  std::function<bool(const Endpoint& from, const Endpoint& to)> drops_datagram;  // may be empty
  WallTime epoch{1'767'603'600'000'000'000};  // 2026-01-05 09:00:00 UTC

 private:
  friend class FakeHost;
  friend class FakeStream;
  friend class FakeSocket;

  void accept(const Record& record) override;
  void post(Instant when, std::function<void()> what);
  FakeHost* host_of(const IpAddress& address) const;
  void step();

  Recorder recorder_;
  Instant now_;
  std::uint64_t posted_ = 0;
  std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> queue_;
  std::vector<KeptRecord> records_;
  std::vector<std::unique_ptr<FakeHost>> hosts_;
};

class FakeHost final : public Runtime, private DiskHost {
 public:
  FakeHost(FakeWorld& world, HostIndex index, std::string name, std::vector<IpAddress> addresses);

  Instant now() const override;
  WallTime wall_time() const override;
  Random random(std::string_view name) const override;
  std::string_view host_name() const override { return name_; }
  const std::vector<IpAddress>& addresses() const override { return addresses_; }
  std::unique_ptr<Listener> listen(const Endpoint& local, ListenHandler& handler) override;
  std::unique_ptr<Stream> connect(const Endpoint& remote, StreamHandler& handler) override;
  std::unique_ptr<DatagramSocket> bind(const Endpoint& local, DatagramHandler& handler) override;
  Disk& disk() override { return disk_; }
  ContentPool& contents() override { return contents_; }
  HostTrace& trace() override { return trace_; }
  TimerIndex create_timer(TimerHandler& handler, std::uint64_t tag) override;
  void arm_timer(TimerIndex timer, Instant deadline) override;
  void destroy_timer(TimerIndex timer) override;

  VirtualDisk& virtual_disk() { return disk_; }
  // The host loses power: what was not synced is undone. Destroy the agents first.
  void crash();
  // Datagrams and connections to a host that is down are lost without a sign.
  void set_down(bool down) { down_ = down; }

 private:
  friend class FakeWorld;
  friend class FakeStream;
  friend class FakeListener;
  friend class FakeSocket;
  struct TimerState {
    TimerHandler* handler = nullptr;  // null once destroyed
    std::uint64_t tag = 0;
    std::uint64_t generation = 0;
    Instant deadline = Instant::never();
    RecordId cause;
  };

  void wake_disk_at(Instant when) override;
  ListenHandler* listener_for(const Endpoint& endpoint) const;
  std::uint16_t ephemeral_port() { return next_port_++; }

  FakeWorld* world_;
  HostIndex index_;
  std::string name_;
  std::vector<IpAddress> addresses_;
  HostTrace trace_;
  VirtualDisk disk_;
  ContentPool contents_;
  std::vector<TimerState> timers_;
  std::map<Endpoint, ListenHandler*> listeners_;
  std::map<Endpoint, FakeSocket*> sockets_;
  std::uint16_t next_port_ = 49'152;
  std::uint64_t connections_ = 0;
  bool down_ = false;
};

}  // namespace mailcosm::sim
