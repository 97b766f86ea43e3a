// Programs: everything that runs on the hosts of a world, and what becomes of it when a host loses
// power: servers, resolvers and mail clients, in the order of the scenario.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/agents/client/mail_client.h"
#include "sim/agents/dns/stub_resolver.h"
#include "sim/faults/fault_engine.h"
#include "sim/faults/host_power.h"
#include "sim/faults/magic_addresses.h"
#include "sim/net/virtual_network.h"
#include "sim/scenario/model.h"
#include "sim/world/make_traffic.h"

namespace mailcosm::sim {

class Programs final : public HostPower {
 public:
  // Both must outlive it.
  Programs(const scenario::Scenario& scenario, VirtualNetwork& network);
  ~Programs();

  // Makes and starts all. `faults` says what comes between servers and clients; it must live until
  // stop(). Call once.
  void start(FaultEngine& faults);
  // Destroys all, in the order in which they were made.
  void stop();

  // Null while its host is down.
  MailClient* client(const std::string& user, const std::string& device);
  // The device is gone: its program does nothing any more, and does not start again.
  void lose(const std::string& user, const std::string& device);
  // For who looks something up on a host by hand. REQUIRES: the host is running.
  StubResolver& resolver(HostIndex host);
  // "has no power", "is destroyed" or "is lost"; empty if the device is there. An empty user means
  // the host itself.
  std::string_view trouble(const std::string& host, const std::string& user,
                           const std::string& device) const;

  void fail(HostIndex host, bool everything, RecordId cause) override;
  void restore(HostIndex host, RecordId cause) override;

 private:
  using Device = std::pair<std::string, std::string>;  // user and device

  struct Program {
    HostIndex host;
    std::function<std::unique_ptr<Agent>()> make;
    std::unique_ptr<Agent> agent;  // null while the host is down
    Device device;                 // of a mail client, else empty
  };
  template <typename Model, typename Make>
  void add(const std::vector<Model>& models, Make make);
  void add_servers(FaultEngine& faults);
  void add_clients();
  void add_traffic();
  Interferer* interferer_of(const scenario::Mta& mta, VirtualHost& host, FaultEngine& faults);
  void run(Program& program);

  const scenario::Scenario& scenario_;
  VirtualNetwork& network_;
  TrafficTables traffic_;
  std::map<std::string_view, const scenario::Zone*> zones_;
  std::vector<std::unique_ptr<MagicAddresses>> magic_;
  std::vector<Program> programs_;
  std::map<Device, std::size_t> clients_;  // places in programs_
  std::map<Device, bool> lost_;
  std::map<HostIndex, bool> down_;  // whether it is destroyed
  std::map<HostIndex, std::unique_ptr<StubResolver>> resolvers_;
};

}  // namespace mailcosm::sim
