#include "bench/dialogues.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "bench/stopwatch.h"
#include "protocols/base/check.h"
#include "protocols/smtp/client_session.h"
#include "protocols/smtp/server_session.h"
#include "sim/agents/common/output.h"
#include "sim/net/virtual_host.h"
#include "sim/net/virtual_network.h"
#include "sim/trace/pcapng_writer.h"
#include "sim/trace/trace_writer.h"

namespace mailcosm::bench {
namespace {

using namespace sim;

std::string message_text() {
  std::string text = "From: <a@client.example>\r\nTo: <b@server.example>\r\nSubject: bench\r\n\r\n";
  while (text.size() < 10'000)
    text += "The quick brown fox jumps over the lazy dog, and again.\r\n";
  return text;
}

struct Shared {
  smtp::ServerConfig server;
  smtp::ClientConfig client;
  std::string message = message_text();
  std::vector<std::string> recipients = {"b@server.example"};
  std::uint64_t finished = 0;
};

// The dialogues of one host that are not over. One that is goes at once, as in real programs.
template <typename Dialogue>
class Running {
 public:
  void add(std::unique_ptr<Dialogue> dialogue) {
    dialogue->set_place(dialogues_.size());
    dialogues_.push_back(std::move(dialogue));
  }
  void remove(std::size_t place) {
    dialogues_.back()->set_place(place);
    dialogues_[place].swap(dialogues_.back());
    dialogues_.pop_back();
  }

 private:
  std::vector<std::unique_ptr<Dialogue>> dialogues_;
};

// One accepted connection: says yes to everything.
class ServerDialogue final : StreamHandler {
 public:
  ServerDialogue(Runtime& runtime, Shared& shared, std::unique_ptr<Stream> stream,
                 Running<ServerDialogue>& running)
      : runtime_(runtime),
        stream_(std::move(stream)),
        session_(shared.server, runtime.now()),
        running_(running) {
    stream_->set_handler(*this);
    pump();
  }
  void set_place(std::size_t place) { place_ = place; }

 private:
  void on_received(std::string_view bytes) override {
    session_.receive(bytes, runtime_.now());
    pump();
  }
  void on_end() override {
    session_.end_of_input(runtime_.now());
    pump();
  }
  void on_closed(StreamError) override { running_.remove(place_); }

  void pump() {
    while (true) {
      const smtp::ServerEvent event = session_.next(output_);
      if (session_.question_open()) {
        session_.answer(smtp::accept(), runtime_.now(), output_);
        continue;
      }
      const bool closed = std::holds_alternative<smtp::Closed>(event);
      if (!closed && !std::holds_alternative<smtp::NeedMore>(event)) continue;
      if (!output_.empty()) send_output(*stream_, output_);
      if (closed && !closing_) stream_->close();
      closing_ = closing_ || closed;
      return;
    }
  }

  Runtime& runtime_;
  std::unique_ptr<Stream> stream_;
  smtp::ServerSession session_;
  std::string output_;
  Running<ServerDialogue>& running_;
  std::size_t place_ = 0;  // there
  bool closing_ = false;
};

class Server final : ListenHandler {
 public:
  Server(Runtime& runtime, Shared& shared) : runtime_(runtime), shared_(shared) {
    listener_ = runtime.listen({runtime.addresses().front(), 25}, *this);
  }

 private:
  void on_accepted(std::unique_ptr<Stream> stream) override {
    running_.add(std::make_unique<ServerDialogue>(runtime_, shared_, std::move(stream), running_));
  }

  Runtime& runtime_;
  Shared& shared_;
  std::unique_ptr<Listener> listener_;
  Running<ServerDialogue> running_;
};

class ClientDialogue final : StreamHandler {
 public:
  ClientDialogue(Runtime& runtime, Shared& shared, const Endpoint& server,
                 Running<ClientDialogue>& running)
      : runtime_(runtime),
        shared_(shared),
        session_(shared.client, runtime.now()),
        running_(running) {
    stream_ = runtime.connect(server, *this);
  }
  void set_place(std::size_t place) { place_ = place; }

 private:
  void on_received(std::string_view bytes) override {
    session_.receive(bytes, runtime_.now());
    pump();
  }
  void on_end() override {
    session_.end_of_input(runtime_.now());
    pump();
  }
  void on_closed(StreamError error) override {
    CHECK(error == StreamError::kNone && sent_);
    ++shared_.finished;
    running_.remove(place_);
  }

  void pump() {
    while (true) {
      const smtp::ClientEvent event = session_.next(output_);
      if (std::holds_alternative<smtp::Ready>(event)) {
        if (sent_) {
          session_.quit(runtime_.now());
        } else {
          session_.send({"a@client.example", shared_.recipients, shared_.message.size(), false},
                        runtime_.now());
        }
        sent_ = true;
      } else if (std::holds_alternative<smtp::BodyWanted>(event)) {
        session_.body(shared_.message, runtime_.now(), output_);
        session_.end_body(runtime_.now(), output_);
      } else if (std::holds_alternative<smtp::NeedMore>(event)) {
        break;
      } else if (std::holds_alternative<smtp::Closed>(event)) {
        if (!closing_) stream_->close();
        closing_ = true;
        return;
      }
    }
    if (!output_.empty()) send_output(*stream_, output_);
  }

  Runtime& runtime_;
  Shared& shared_;
  std::unique_ptr<Stream> stream_;
  smtp::ClientSession session_;
  std::string output_;
  Running<ClientDialogue>& running_;
  std::size_t place_ = 0;  // there
  bool sent_ = false;
  bool closing_ = false;
};

// Client i: opens its connections one after the other at their times.
class Client final : TimerHandler {
 public:
  Client(Runtime& runtime, Shared& shared, const DialogueLoad& load, std::uint64_t i,
         const std::vector<Endpoint>& servers)
      : runtime_(runtime),
        shared_(shared),
        load_(load),
        i_(i),
        servers_(servers),
        timer_(runtime, *this) {
    arm();
  }

 private:
  void arm() {
    if (j_ * load_.clients + i_ >= load_.connections) return;
    const auto round = static_cast<std::uint64_t>(load_.round.count());
    timer_.arm(Instant{static_cast<std::int64_t>(j_ * round + i_ * 370'000)});
  }
  void on_timer(std::uint64_t) override {
    running_.add(std::make_unique<ClientDialogue>(runtime_, shared_,
                                                  servers_[(i_ + j_) % servers_.size()], running_));
    ++j_;
    arm();
  }

  Runtime& runtime_;
  Shared& shared_;
  const DialogueLoad& load_;
  std::uint64_t i_;
  std::uint64_t j_ = 0;
  const std::vector<Endpoint>& servers_;
  Running<ClientDialogue> running_;
  Timer timer_;
};

LinkSettings link(std::int64_t milliseconds, std::uint64_t bits_per_second) {
  LinkSettings settings;
  settings.latency = std::chrono::milliseconds(milliseconds);
  settings.bits_per_second = bits_per_second;
  return settings;
}

// TIME-WAIT as long as RFC 9293 has it, twice the two minutes of a segment's life.
NetworkSettings settings() {
  NetworkSettings settings;
  settings.tcp.time_wait = std::chrono::minutes(4);
  return settings;
}

// Names end with a number; the address is drawn from the free ones.
std::vector<HostIndex> add_hosts(Topology& topology, const char* prefix, std::uint64_t count,
                                 HostIndex router, const LinkSettings& settings) {
  std::vector<HostIndex> hosts;
  for (std::uint64_t i = 0; i < count; ++i) {
    hosts.push_back(topology.add_host(prefix + std::to_string(i)).value());
    CHECK(topology.assign_address(hosts.back(), IpAddress::Family::kIpv4));
    CHECK(topology.add_link(hosts.back(), router, settings));
  }
  return hosts;
}

// Counts octets and throws them away.
class Discard final : public ByteSink {
 public:
  bool write(std::string_view bytes) override {
    octets_ += bytes.size();
    return true;
  }
  std::uint64_t octets() const { return octets_; }

 private:
  std::uint64_t octets_ = 0;
};

// What is written of a run.
class Output {
 public:
  Output(DialogueLoad::Output kind, const Topology& topology, Recorder& recorder) {
    if (kind == DialogueLoad::Output::kNone) return;
    TraceHeader header;
    for (HostIndex i = 0; i < topology.node_count(); ++i)
      header.hosts.push_back({topology.node(i).name, topology.node(i).addresses});
    if (kind == DialogueLoad::Output::kCapture) {
      recorder.add_kind(Kind::kPacketSent);
      capture_ = std::make_unique<PcapngWriter>(sink_, header);
      recorder.add_sink(*capture_);
    } else {
      recorder.set_depth(Layer::kPacket);
      trace_ = make_trace_writer(TraceFormat::kBinary, sink_, header);
      recorder.add_sink(*trace_);
    }
  }
  std::uint64_t finish() {
    CHECK((!trace_ || trace_->finish()) && (!capture_ || capture_->finish()));
    return sink_.octets();
  }

 private:
  Discard sink_;
  std::unique_ptr<PcapngWriter> capture_;
  std::unique_ptr<TraceWriter> trace_;
};

}  // namespace

DialogueResult run_dialogues(const DialogueLoad& load) {
  Topology topology;
  const HostIndex r1 = topology.add_router("r1").value();
  const HostIndex r2 = topology.add_router("r2").value();
  CHECK(topology.add_link(r1, r2, link(10, 1'000'000'000)));
  const auto client_hosts = add_hosts(topology, "client", load.clients, r1, link(5, 100'000'000));
  const auto server_hosts = add_hosts(topology, "server", load.servers, r2, link(1, 1'000'000'000));

  Simulator simulator;
  Recorder recorder(topology.node_count());
  Output output(load.output, topology, recorder);
  VirtualNetwork network(simulator, recorder, std::move(topology), settings());
  Shared shared;
  shared.server.host_name = "server.example";
  shared.client.host_name = "client.example";
  std::vector<Endpoint> endpoints;
  std::vector<std::unique_ptr<Server>> listening;
  for (HostIndex host : server_hosts) {
    listening.push_back(std::make_unique<Server>(network.host(host), shared));
    endpoints.push_back({network.host(host).addresses().front(), 25});
  }
  std::vector<std::unique_ptr<Client>> active;
  for (std::uint64_t i = 0; i < load.clients; ++i) {
    active.push_back(
        std::make_unique<Client>(network.host(client_hosts[i]), shared, load, i, endpoints));
  }
  const Stopwatch watch;
  const std::uint64_t events = simulator.run();
  DialogueResult result;
  result.octets = output.finish();
  result.seconds = watch.seconds();
  CHECK(shared.finished == load.connections);
  const auto count = static_cast<double>(load.connections);
  result.packets = static_cast<double>(network.packets_sent()) / count;
  result.events = static_cast<double>(events) / count;
  return result;
}

Figures measure_dialogues(std::uint64_t connections) {
  using Kind = DialogueLoad::Output;
  using std::chrono::milliseconds;
  // The second is twice what the core link carries, as in ns-3's run; the others with more clients
  // bring the load of the first.
  const struct {
    const char* name;
    DialogueLoad load;
    const char* written = "";
  } kCases[] = {
      {"dialogues", {connections, 100, 10, Kind::kNone}},
      {"dialogues, 1,000 clients", {connections, 1'000, 100, Kind::kNone}},
      {"dialogues, 1,000 clients in turn",
       {connections, 1'000, 100, Kind::kNone, milliseconds(500)}},
      {"dialogues, 10,000 clients", {connections, 10'000, 1'000, Kind::kNone, milliseconds(5'000)}},
      {"dialogues, with capture",
       {connections, 100, 10, Kind::kCapture},
       "of pcapng, each packet once as on the core link"},
      {"dialogues, with full trace",
       {connections, 100, 10, Kind::kTrace},
       "of binary trace, each packet at every hop"},
  };
  // Alternately, so that what else the machine does hits all of them.
  constexpr int kRounds = 7;
  std::array<std::vector<double>, std::size(kCases)> seconds;
  std::array<DialogueResult, std::size(kCases)> results;
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < std::size(kCases); ++i) {
      results[i] = run_dialogues(kCases[i].load);
      seconds[i].push_back(results[i].seconds);
    }
  }
  Figures figures;
  for (std::size_t i = 0; i < std::size(kCases); ++i) {
    std::string remark = fmt::format("{} connections, {:.1f} packets and {:.1f} events each",
                                     grouped(static_cast<double>(connections), 0),
                                     results[i].packets, results[i].events);
    if (results[i].octets != 0)
      remark += fmt::format(", {} MB {}", grouped(static_cast<double>(results[i].octets) / 1e6, 0),
                            kCases[i].written);
    const auto count = static_cast<double>(connections);
    const double fastest = *std::min_element(seconds[i].begin(), seconds[i].end());
    figures.push_back({kCases[i].name, count / median(seconds[i]), "connections/s", 0,
                       std::move(remark), true, count / fastest});
  }
  return figures;
}

}  // namespace mailcosm::bench
