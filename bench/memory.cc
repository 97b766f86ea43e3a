#include "bench/memory.h"

#include <fmt/format.h>
#include <malloc.h>

#include <memory>
#include <string>
#include <vector>

#include "protocols/base/check.h"
#include "sim/net/virtual_host.h"
#include "sim/net/virtual_network.h"
#include "sim/store/mailbox_store.h"

namespace mailcosm::bench {
namespace {

using namespace sim;
using namespace std::chrono_literals;

constexpr std::uint64_t kCount = 2'000;

// Octets in use now, with the allocator's own overhead.
std::uint64_t in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

double each(std::uint64_t before) {
  return static_cast<double>(in_use() - before) / static_cast<double>(kCount);
}

Topology star(std::uint64_t hosts) {
  Topology topology;
  const HostIndex hub = topology.add_router("hub").value();
  LinkSettings settings;
  settings.latency = 5ms;
  for (std::uint64_t i = 0; i < hosts; ++i) {
    const HostIndex host = topology.add_host("h" + std::to_string(i)).value();
    CHECK(topology.assign_address(host, IpAddress::Family::kIpv4).has_value());
    CHECK(topology.add_link(host, hub, settings).has_value());
  }
  return topology;
}

struct Net {
  explicit Net(std::uint64_t hosts) : Net(star(hosts)) {}
  explicit Net(Topology topology)
      : recorder(topology.node_count()), network(simulator, recorder, std::move(topology), {}) {}
  Simulator simulator;
  Recorder recorder;
  VirtualNetwork network;
};

// One end of a connection that says nothing by itself.
class Quiet final : public StreamHandler {
 public:
  std::unique_ptr<Stream> stream;

 private:
  void on_received(std::string_view) override {}
  void on_end() override { stream->close(); }
  void on_closed(StreamError) override {}
};

class Acceptor final : public ListenHandler {
 public:
  explicit Acceptor(Runtime& runtime) : listener_(runtime.listen({IpAddress(), 25}, *this)) {
    ends.reserve(kCount);
  }
  std::vector<std::unique_ptr<Quiet>> ends;

 private:
  void on_accepted(std::unique_ptr<Stream> stream) override {
    ends.push_back(std::make_unique<Quiet>());
    ends.back()->stream = std::move(stream);
    ends.back()->stream->set_handler(*ends.back());
  }
  std::unique_ptr<Listener> listener_;
};

Figure idle_host() {
  const Net small(1);
  const std::uint64_t before = in_use();
  const Net large(kCount + 1);
  return {"memory, idle host",
          each(before),
          "octets",
          0,
          "with its place in the topology, its address and its link",
          false};
}

Figure connection() {
  Net net(2);
  Acceptor acceptor(net.network.host(2));
  const Endpoint server{net.network.host(2).addresses().front(), 25};
  std::vector<std::unique_ptr<Quiet>> ends;
  ends.reserve(kCount);
  const std::uint64_t before = in_use();
  for (std::uint64_t i = 0; i < kCount; ++i) {
    ends.push_back(std::make_unique<Quiet>());
    ends.back()->stream = net.network.host(1).connect(server, *ends.back());
    net.simulator.run_until(net.simulator.now() + 1ms);
  }
  net.simulator.run_until(net.simulator.now() + 1s);
  for (const auto& end : ends) end->stream->send("EHLO client.example\r\n");
  net.simulator.run_until(net.simulator.now() + 1s);
  return {"memory, live connection",           each(before), "octets", 0,
          "both ends, after they have talked", false};
}

Figure mailbox() {
  Net net(1);
  MailboxStore store(net.network.host(1));
  const std::uint64_t before = in_use();
  for (std::uint64_t i = 0; i < kCount; ++i) store.open_account(fmt::format("user{}@blue.com", i));
  return {"memory, account",
          each(before),
          "octets",
          0,
          "INBOX, Sent and Trash, empty, with the journal on the disk",
          false};
}

}  // namespace

Figures measure_memory() {
  if (in_use() == 0) return {};
  return {idle_host(), connection(), mailbox()};
}

}  // namespace mailcosm::bench
