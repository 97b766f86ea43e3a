#include "bench/memory.h"

#include <fmt/format.h>
#include <malloc.h>

#include <memory>
#include <string>
#include <vector>

#include "protocols/base/check.h"
#include "sim/net/virtual_host.h"
#include "sim/net/virtual_network.h"
#include "sim/scenario/parse.h"
#include "sim/store/mailbox_store.h"
#include "sim/world/world.h"

namespace mailcosm::bench {
namespace {

using namespace sim;
using namespace std::chrono_literals;

constexpr std::uint64_t kCount = 2'000;

using InUse = std::uint64_t (*)();

// Octets in use now, with the allocator's own overhead.
std::uint64_t malloc_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

// What one of `count` has cost since `before`.
double each(InUse in_use, std::uint64_t before, std::uint64_t count = kCount) {
  return static_cast<double>(in_use() - before) / static_cast<double>(count);
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

// TIME-WAIT as long as RFC 9293 has it, twice the two minutes of a segment's life.
NetworkSettings settings() {
  NetworkSettings settings;
  settings.tcp.time_wait = 4min;
  return settings;
}

struct Net {
  explicit Net(std::uint64_t hosts) : Net(star(hosts)) {}
  explicit Net(Topology topology)
      : recorder(topology.node_count()),
        network(simulator, recorder, std::move(topology), settings()) {}
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

double idle_host(InUse in_use) {
  const Net small(1);
  const std::uint64_t before = in_use();
  const Net large(kCount + 1);
  return each(in_use, before);
}

double connection(InUse in_use) {
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
  return each(in_use, before);
}

// One connection after the other, so that nothing but the records of the closed ones grows.
double time_wait(InUse in_use) {
  Net net(2);
  Acceptor acceptor(net.network.host(2));
  const Endpoint server{net.network.host(2).addresses().front(), 25};
  const auto connect_once = [&] {
    Quiet client;
    client.stream = net.network.host(1).connect(server, client);
    net.simulator.run_until(net.simulator.now() + 25ms);
    client.stream->close();
    net.simulator.run_until(net.simulator.now() + 50ms);
    acceptor.ends.clear();
  };
  connect_once();
  const std::uint64_t before = in_use();
  for (std::uint64_t i = 0; i < kCount; ++i) connect_once();
  CHECK(net.network.host(1).time_waits() == kCount + 1);
  return each(in_use, before);
}

class Synced final : public StoreHandler {
  void on_stored(std::uint64_t, StoreError, std::span<const Uid>) override {}
};

double mailbox(InUse in_use) {
  Net net(1);
  MailboxStore store(net.network.host(1));
  Synced synced;
  const std::uint64_t before = in_use();
  for (std::uint64_t i = 0; i < kCount; ++i) store.open_account(fmt::format("user{}@blue.com", i));
  store.sync(synced, 0);
  net.simulator.run_until(net.simulator.now() + 1s);
  return each(in_use, before, kCount * Account::kFirstMailboxes.size());
}

// Of about so many octets, and different in each mail.
std::string body_of(int mail, std::size_t octets) {
  std::string body;
  for (std::size_t at = 0; at < octets;) {
    const std::string line =
        fmt::format("Mail {}, octet {:>10}: a text that says little.", mail, at);
    body.append("        ").append(line).append("\n");
    at += line.size() + 2;
  }
  return body;
}

// What mails to everybody in four organisations leave behind.
std::uint64_t left_by(int mails, std::size_t octets, InUse in_use) {
  std::string to;
  for (int i = 0; i < 100; ++i)
    to += fmt::format("{}u{}@d{}.com", i == 0 ? "" : ", ", 1 + i % 25, 1 + i / 25);
  std::string text =
      "mailcosm: 1\ntitle: Mails to all\norganisations:\n  d{1..4}.com:\n    users:\n"
      "      u{1..25}: {devices: {program: none}}\nstory:\n";
  for (int mail = 1; mail <= mails; ++mail) {
    text += fmt::format(
        "  - at: {} min\n    u1@d1.com writes:\n      to: [{}]\n      subject: To all\n"
        "      body: |\n{}",
        mail, to, body_of(mail, octets));
  }
  const scenario::Parsed parsed = scenario::parse("memory", text);
  CHECK(parsed.scenario.has_value());
  World world(*parsed.scenario, {Layer::kStory, 0});
  const std::uint64_t before = in_use();
  while (world.advance(UINT64_MAX)) {
  }
  return in_use() - before;
}

// What the second mail adds: the first has brought all buffers to their working size.
double body(InUse in_use) {
  constexpr std::size_t kOctets = 1'000'000;
  const std::uint64_t first = left_by(1, kOctets, in_use);
  const std::uint64_t both = left_by(2, kOctets, in_use);
  return static_cast<double>(both - first) / kOctets;
}

}  // namespace

MemoryUse memory_use(InUse in_use) {
  return {idle_host(in_use), connection(in_use), time_wait(in_use), mailbox(in_use), body(in_use)};
}

Figures measure_memory() {
  if (malloc_in_use() == 0) return {};
  const MemoryUse use = memory_use(malloc_in_use);
  const auto figure = [](const char* name, double octets, const char* about) {
    return Figure{name, octets, "octets", 0, about, false};
  };
  return {figure("memory, idle host", use.idle_host,
                 "with its place in the topology, its address and its link"),
          figure("memory, live connection", use.connection, "both ends, after they have talked"),
          figure("memory, lingering connection", use.time_wait, "in TIME-WAIT"),
          figure("memory, mailbox", use.mailbox, "empty, with its part of the journal on the disk"),
          {"memory, body", use.body, "octets", 2,
           "for each octet of one mail to 100 mailboxes on four servers", false}};
}

}  // namespace mailcosm::bench
