// SPDX-License-Identifier: GPL-2.0-only
// A peer for `mailcosm bench dialogues`: connections of the shape of SMTP over the TCP of ns-3, in
// the same network at the same times. The turns have the sizes of an SMTP delivery of 10 kB, but no
// protocol is spoken and no octets are carried. No part of Mailcosm: bench/compare.py compiles it
// where ns-3 is installed, against whose licence (GPL 2) it is written, and runs it as a program of
// its own.
//
//   ns3_dialogues CONNECTIONS CLIENTS SERVERS LINGER    LINGER: seconds in TIME_WAIT; ns-3 says 240
//
// Prints connections for each second of real time.
#include <ns3/core-module.h>
#include <ns3/internet-module.h>
#include <ns3/network-module.h>
#include <ns3/point-to-point-module.h>
#include <ns3/traffic-control-module.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

using namespace ns3;

// The server begins; then the client sends its n-th turn and waits for the server's.
constexpr std::uint32_t kServer[11] = {60, 150, 20, 2500, 150, 40, 20, 20, 40, 50, 30};
constexpr std::uint32_t kClient[10] = {30, 10, 300, 110, 60, 40, 40, 6, 10005, 6};

std::uint64_t finished = 0;
std::uint64_t wanted = 0;

struct Dialogue : SimpleRefCount<Dialogue> {
  bool server = false;
  std::uint32_t turn = 0;  // the next to be received
  std::uint32_t octets = 0;
};

void received(Ptr<Dialogue> dialogue, Ptr<Socket> socket) {
  while (const Ptr<Packet> packet = socket->Recv()) {
    if (packet->GetSize() == 0) break;
    dialogue->octets += packet->GetSize();
  }
  const std::uint32_t turns = dialogue->server ? 10 : 11;
  const std::uint32_t* expected = dialogue->server ? kClient : kServer;
  while (dialogue->turn < turns && dialogue->octets >= expected[dialogue->turn]) {
    dialogue->octets -= expected[dialogue->turn++];
    if (dialogue->server) {
      socket->Send(Create<Packet>(kServer[dialogue->turn]));
      if (dialogue->turn == turns) socket->Close();
    } else if (dialogue->turn == turns) {
      socket->Close();
      if (++finished == wanted) Simulator::Stop(Seconds(0.5));
    } else {
      socket->Send(Create<Packet>(kClient[dialogue->turn - 1]));
    }
  }
}

void over(Ptr<Socket> socket) {
  socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
  socket->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(),
                            MakeNullCallback<void, Ptr<Socket>>());
}

Ptr<Dialogue> begin(Ptr<Socket> socket, bool server) {
  const auto dialogue = Create<Dialogue>();
  dialogue->server = server;
  socket->SetRecvCallback(MakeBoundCallback(&received, dialogue));
  socket->SetCloseCallbacks(MakeCallback(&over), MakeCallback(&over));
  return dialogue;
}

void accepted(Ptr<Socket> socket, const Address&) {
  begin(socket, true);
  socket->Send(Create<Packet>(kServer[0]));
}

void connect(Ptr<Node> client, Ipv4Address server) {
  const Ptr<Socket> socket = Socket::CreateSocket(client, TcpSocketFactory::GetTypeId());
  begin(socket, false);
  socket->Bind();
  socket->Connect(InetSocketAddress(server, 25));
}

PointToPointHelper link_of(const char* rate, const char* latency) {
  PointToPointHelper link;
  link.SetDeviceAttribute("DataRate", StringValue(rate));
  link.SetChannelAttribute("Delay", StringValue(latency));
  link.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("1000p"));
  return link;
}

Ptr<Ipv4StaticRouting> routes_of(Ptr<Node> node) {
  return Ipv4StaticRoutingHelper().GetStaticRouting(node->GetObject<Ipv4>());
}

// Static routes, so that no computation of routes is in the figure.
class Net {
 public:
  Net(std::uint32_t clients, std::uint32_t servers) {
    client_nodes.Create(clients);
    server_nodes.Create(servers);
    routers_.Create(2);
    InternetStackHelper stack;
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    stack.SetIpv6StackInstall(false);
    for (const NodeContainer& nodes : {client_nodes, server_nodes, routers_}) stack.Install(nodes);
    attach(client_nodes, 0, "10.0.0.0", link_of("100Mbps", "5ms"));
    server_addresses = attach(server_nodes, 1, "10.128.0.0", link_of("1Gbps", "1ms"));
    addresses_.SetBase("172.16.0.0", "255.255.255.252");
    const auto core = join(link_of("1Gbps", "10ms"), routers_.Get(0), routers_.Get(1));
    routes_of(routers_.Get(0))
        ->AddNetworkRouteTo("10.128.0.0", "255.128.0.0", core.GetAddress(1), clients + 1);
    routes_of(routers_.Get(1))
        ->AddNetworkRouteTo("10.0.0.0", "255.128.0.0", core.GetAddress(0), servers + 1);
  }
  NodeContainer client_nodes;
  NodeContainer server_nodes;
  std::vector<Ipv4Address> server_addresses;

 private:
  Ipv4InterfaceContainer join(PointToPointHelper link, Ptr<Node> one, Ptr<Node> other) {
    const NetDeviceContainer devices = link.Install(one, other);
    const Ipv4InterfaceContainer interfaces = addresses_.Assign(devices);
    TrafficControlHelper().Uninstall(devices);
    addresses_.NewNetwork();
    return interfaces;
  }
  std::vector<Ipv4Address> attach(const NodeContainer& nodes, std::uint32_t router,
                                  const char* base, const PointToPointHelper& link) {
    std::vector<Ipv4Address> result;
    addresses_.SetBase(base, "255.255.255.252");
    for (std::uint32_t i = 0; i < nodes.GetN(); ++i) {
      const auto interfaces = join(link, nodes.Get(i), routers_.Get(router));
      result.push_back(interfaces.GetAddress(0));
      routes_of(nodes.Get(i))->SetDefaultRoute(interfaces.GetAddress(1), 1);
    }
    return result;
  }

  NodeContainer routers_;
  Ipv4AddressHelper addresses_;
};

}  // namespace

int main(int count, char** words) {
  if (count != 5) return 2;
  wanted = std::strtoull(words[1], nullptr, 10);
  const auto clients = static_cast<std::uint32_t>(std::strtoul(words[2], nullptr, 10));
  const auto servers = static_cast<std::uint32_t>(std::strtoul(words[3], nullptr, 10));
  Config::SetDefault("ns3::TcpSocketBase::MaxSegLifetime",
                     DoubleValue(std::strtod(words[4], nullptr) / 2));
  Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(1448));
  Config::SetDefault("ns3::TcpL4Protocol::SocketType", StringValue("ns3::TcpCubic"));
  Net net(clients, servers);
  for (std::uint32_t i = 0; i < servers; ++i) {
    const auto listener =
        Socket::CreateSocket(net.server_nodes.Get(i), TcpSocketFactory::GetTypeId());
    listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), 25));
    listener->Listen();
    listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                MakeCallback(&accepted));
  }
  for (std::uint64_t n = 0; n < wanted; ++n) {
    const std::uint64_t i = n % clients;
    const std::uint64_t j = n / clients;
    Simulator::Schedule(NanoSeconds(j * 50'000'000 + i * 370'000), &connect,
                        net.client_nodes.Get(static_cast<std::uint32_t>(i)),
                        net.server_addresses[(i + j) % servers]);
  }
  Simulator::Stop(Seconds(3600));
  const auto started = std::chrono::steady_clock::now();
  Simulator::Run();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
  if (finished != wanted) return 1;
  std::printf("%.1f\n", static_cast<double>(wanted) / elapsed.count());
  std::fflush(stdout);
  std::quick_exit(0);
}
