#include "bench/tcp_fidelity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "protocols/base/check.h"
#include "sim/host/timer.h"
#include "sim/net/virtual_host.h"
#include "sim/net/virtual_network.h"

namespace mailcosm::bench {
namespace {

using namespace std::chrono_literals;
using sim::StreamError;

constexpr std::size_t kBulkOctets = 10'000'000;
constexpr std::uint16_t kPort = 5000;

// Takes one connection and counts.
class BulkSink final : sim::StreamHandler, sim::ListenHandler {
 public:
  explicit BulkSink(sim::Runtime& runtime)
      : runtime_(runtime), listener_(runtime.listen({IpAddress(), kPort}, *this)) {}
  std::size_t octets() const { return octets_; }
  Instant last() const { return last_; }

 private:
  void on_accepted(std::unique_ptr<sim::Stream> stream) override {
    stream_ = std::move(stream);
    stream_->set_handler(*this);
  }
  void on_received(std::string_view bytes) override {
    octets_ += bytes.size();
    last_ = runtime_.now();
  }
  void on_end() override {}
  void on_closed(StreamError) override {}

  sim::Runtime& runtime_;
  std::unique_ptr<sim::Listener> listener_;
  std::unique_ptr<sim::Stream> stream_;
  std::size_t octets_ = 0;
  Instant last_;
};

class BulkSource final : sim::StreamHandler {
 public:
  BulkSource(sim::Runtime& runtime, const Endpoint& sink) : stream_(runtime.connect(sink, *this)) {}

 private:
  void on_connected() override {
    stream_->send(std::string(kBulkOctets, 'x'));
    stream_->close();
  }
  void on_received(std::string_view) override {}
  void on_end() override {}
  void on_closed(StreamError) override {}

  std::unique_ptr<sim::Stream> stream_;
};

// What each side says in its turn; the server begins and closes.
constexpr std::array<std::size_t, 11> kServerSays = {60, 150, 20, 2500, 150, 40,
                                                     20, 20,  40, 50,   30};
constexpr std::array<std::size_t, 10> kClientSays = {30, 10, 300, 110, 60, 40, 40, 6, 10005, 6};

class ServerSide final : sim::StreamHandler {
 public:
  explicit ServerSide(std::unique_ptr<sim::Stream> stream) : stream_(std::move(stream)) {
    stream_->set_handler(*this);
    say();
  }
  bool closed() const { return closed_; }

 private:
  void say() {
    stream_->send(std::string(kServerSays[turn_], 's'));
    if (turn_ == kClientSays.size()) return stream_->close();
    awaited_ += kClientSays[turn_++];
  }
  void on_received(std::string_view bytes) override {
    awaited_ -= bytes.size();
    if (awaited_ == 0) say();
  }
  void on_end() override {}
  void on_closed(StreamError) override { closed_ = true; }

  std::unique_ptr<sim::Stream> stream_;
  std::size_t turn_ = 0;
  std::size_t awaited_ = 0;
  bool closed_ = false;
};

class DialogueServer final : sim::ListenHandler {
 public:
  explicit DialogueServer(sim::Runtime& runtime)
      : listener_(runtime.listen({IpAddress(), kPort}, *this)) {}

 private:
  void on_accepted(std::unique_ptr<sim::Stream> stream) override {
    std::erase_if(sides_, [](const auto& side) { return side->closed(); });
    sides_.push_back(std::make_unique<ServerSide>(std::move(stream)));
  }

  std::unique_ptr<sim::Listener> listener_;
  std::vector<std::unique_ptr<ServerSide>> sides_;
};

// Makes one connection after the other, a second apart.
class DialogueClient final : sim::StreamHandler, sim::TimerHandler {
 public:
  DialogueClient(sim::Runtime& runtime, const Endpoint& server, std::uint64_t count)
      : runtime_(runtime), server_(server), left_(count), timer_(runtime, *this) {
    on_timer(0);
  }
  std::vector<Duration> times;

 private:
  void on_timer(std::uint64_t) override {
    if (left_-- == 0) return;
    turn_ = 0;
    awaited_ = kServerSays[0];
    started_ = runtime_.now();
    stream_ = runtime_.connect(server_, *this);
  }
  void on_received(std::string_view bytes) override {
    awaited_ -= bytes.size();
    if (awaited_ != 0) return;
    if (turn_ == kClientSays.size()) {
      times.push_back(runtime_.now() - started_);
      return;
    }
    stream_->send(std::string(kClientSays[turn_++], 'c'));
    awaited_ = kServerSays[turn_];
  }
  void on_end() override { stream_->close(); }
  void on_closed(StreamError) override { timer_.arm_after(1s); }

  sim::Runtime& runtime_;
  Endpoint server_;
  std::uint64_t left_;
  sim::Timer timer_;
  std::unique_ptr<sim::Stream> stream_;
  Instant started_;
  std::size_t turn_ = 0;
  std::size_t awaited_ = 0;
};

// Two hosts and a line.
struct Line {
  Line(const sim::LinkSettings& there, const sim::LinkSettings& back,
       const sim::NetworkSettings& settings)
      : network(simulator, recorder, topology(there, back), settings) {}

  static sim::Topology topology(const sim::LinkSettings& there, const sim::LinkSettings& back) {
    sim::Topology made;
    const auto a = made.add_host("a").value();
    const auto b = made.add_host("b").value();
    CHECK(made.assign_address(a, IpAddress::Family::kIpv4).has_value());
    CHECK(made.assign_address(b, IpAddress::Family::kIpv4).has_value());
    CHECK(made.add_link(a, b, there, back).has_value());
    return made;
  }
  Endpoint far_end() { return {network.host(1).addresses()[0], kPort}; }

  sim::Simulator simulator;
  sim::Recorder recorder{2};
  sim::VirtualNetwork network;
};

std::string seconds(Duration duration) {
  return fmt::format("{:.2f}", static_cast<double>(duration.count()) / 1e9);
}
std::string seconds(std::int64_t ms) { return seconds(Duration(ms * 1'000'000)); }
std::string percent(Duration ours, std::int64_t linux_ms) {
  const double reference = static_cast<double>(linux_ms) * 1e6;
  return fmt::format("{:+.1f} %", (static_cast<double>(ours.count()) / reference - 1) * 100);
}
std::string loss_text(std::uint32_t per_million) {
  return fmt::format("{:g} %", per_million / 1e4);
}

}  // namespace

Duration bulk_transfer(sim::CongestionControl control, std::uint32_t loss_per_million,
                       std::uint64_t seed) {
  sim::LinkSettings back;
  back.latency = 20ms;
  back.bits_per_second = 10'000'000;
  back.queue_packets_max = 100;
  sim::LinkSettings there = back;
  there.loss_per_million = loss_per_million;
  sim::NetworkSettings settings;
  settings.seed = seed;
  settings.tcp.congestion_control = control;
  Line line(there, back, settings);
  BulkSink sink(line.network.host(1));
  BulkSource source(line.network.host(0), line.far_end());
  line.simulator.run();
  CHECK(sink.octets() == kBulkOctets);
  return sink.last() - Instant{};
}

Duration bulk_median(sim::CongestionControl control, std::uint32_t loss_per_million,
                     std::uint64_t seeds) {
  std::vector<Duration> times;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed)
    times.push_back(bulk_transfer(control, loss_per_million, seed));
  std::sort(times.begin(), times.end());
  return (times[(times.size() - 1) / 2] + times[times.size() / 2]) / 2;
}

DialogueTimes dialogues(std::uint32_t loss_per_million, std::uint64_t count, std::uint64_t seed) {
  sim::LinkSettings settings;
  settings.latency = 16ms;
  settings.bits_per_second = 100'000'000;
  settings.loss_per_million = loss_per_million;
  sim::NetworkSettings network;
  network.seed = seed;
  Line line(settings, settings, network);
  DialogueServer server(line.network.host(1));
  DialogueClient client(line.network.host(0), line.far_end(), count);
  line.simulator.run();
  DialogueTimes result;
  result.finished = client.times.size();
  if (client.times.empty()) return result;
  std::sort(client.times.begin(), client.times.end());
  for (const Duration time : client.times) result.mean += time;
  result.mean /= static_cast<std::int64_t>(result.finished);
  result.median = client.times[result.finished / 2];
  result.p90 = client.times[result.finished * 9 / 10];
  result.p99 = client.times[result.finished * 99 / 100];
  return result;
}

const std::vector<LinuxBulk>& linux_bulk() {
  static const std::vector<LinuxBulk> kTable = {
      {0, 8'406, 8'406}, {1'000, 8'880, 8'600}, {10'000, 24'100, 25'730}, {30'000, 48'220, 56'760}};
  return kTable;
}

const std::vector<LinuxDialogues>& linux_dialogues() {
  static const std::vector<LinuxDialogues> kTable = {
      {0, 389, 389, 391, 395}, {10'000, 480, 396, 650, 1'420}, {50'000, 930, 660, 1'600, 4'500}};
  return kTable;
}

Fidelity measure_fidelity() {
  Fidelity fidelity;
  for (const LinuxBulk& row : linux_bulk()) {
    const std::uint32_t loss = row.loss_per_million;
    fidelity.reno.push_back(bulk_median(sim::CongestionControl::kReno, loss, kBulkSeeds));
    fidelity.cubic.push_back(bulk_median(sim::CongestionControl::kCubic, loss, kBulkSeeds));
  }
  for (const LinuxDialogues& row : linux_dialogues())
    fidelity.dialogues.push_back(dialogues(row.loss_per_million, kDialogues, 1));
  return fidelity;
}

std::string fidelity_tables(const Fidelity& fidelity) {
  std::string text =
      "| 10 MB at 10 Mbit/s, 40 ms | Linux Reno | here | | Linux CUBIC | here | |\n"
      "|---|---|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < linux_bulk().size(); ++i) {
    const LinuxBulk& row = linux_bulk()[i];
    text += fmt::format("| loss {} | {} s | {} s | {} | {} s | {} s | {} |\n",
                        loss_text(row.loss_per_million), seconds(row.reno_ms),
                        seconds(fidelity.reno[i]), percent(fidelity.reno[i], row.reno_ms),
                        seconds(row.cubic_ms), seconds(fidelity.cubic[i]),
                        percent(fidelity.cubic[i], row.cubic_ms));
  }
  text +=
      "\n| SMTP-shaped dialogue, 32 ms | mean | p50 | p90 | p99 | finished |\n"
      "|---|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < linux_dialogues().size(); ++i) {
    const LinuxDialogues& row = linux_dialogues()[i];
    const DialogueTimes& times = fidelity.dialogues[i];
    text += fmt::format("| loss {}, Linux | {} s | {} s | {} s | {} s | all |\n",
                        loss_text(row.loss_per_million), seconds(row.mean_ms),
                        seconds(row.median_ms), seconds(row.p90_ms), seconds(row.p99_ms));
    text += fmt::format("| loss {}, here | {} s | {} s | {} s | {} s | {} of {} |\n",
                        loss_text(row.loss_per_million), seconds(times.mean), seconds(times.median),
                        seconds(times.p90), seconds(times.p99), times.finished, kDialogues);
  }
  return text;
}

}  // namespace mailcosm::bench
