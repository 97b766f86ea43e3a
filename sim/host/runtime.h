// Runtime: the whole outside world of an agent.
//
// sim/net implements it over virtual links, sim/live over real sockets; agents cannot tell which.
// Handlers are never called from inside the call that caused them. Every handle (stream, listener,
// socket, timer) is owned by the agent and must be destroyed before the Runtime.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "protocols/base/random.h"
#include "sim/host/datagram.h"
#include "sim/host/disk.h"
#include "sim/host/stream.h"
#include "sim/host/timer.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

class Runtime {
 public:
  virtual ~Runtime() = default;

  virtual Instant now() const = 0;
  virtual WallTime wall_time() const = 0;
  // A stream of numbers of this host's own, independent of every other name: Random r =
  // runtime.random("dns-id"). The same name gives the same numbers again, so it is called once and
  // the value kept.
  virtual Random random(std::string_view name) const = 0;

  virtual std::string_view host_name() const = 0;
  // In order of preference; never empty.
  virtual const std::vector<IpAddress>& addresses() const = 0;

  // Listens on a port of all addresses, or of one. Null if the port is taken.
  virtual std::unique_ptr<Listener> listen(const Endpoint& local, ListenHandler& handler) = 0;
  // Opens a connection; success or failure is told by on_connected() or on_closed().
  virtual std::unique_ptr<Stream> connect(const Endpoint& remote, StreamHandler& handler) = 0;
  // Port 0: the runtime draws an unused port from 49152 on (RFC 6335). Null if the port is taken.
  virtual std::unique_ptr<DatagramSocket> bind(const Endpoint& local, DatagramHandler& handler) = 0;

  virtual Disk& disk() = 0;
  // Where octets become the content of a message, so that its body exists once however many hosts
  // hold it.
  virtual ContentPool& contents() = 0;
  virtual HostTrace& trace() = 0;

  // For Timer only.
  virtual TimerIndex create_timer(TimerHandler& handler, std::uint64_t tag) = 0;
  virtual void arm_timer(TimerIndex timer, Instant deadline) = 0;
  virtual void destroy_timer(TimerIndex timer) = 0;
};

// A program on a host. Constructed when the host starts; start() is called once, with everything
// else in place. Destroyed when the host stops or crashes; all that it wants to keep must be on the
// disk by then.
class Agent {
 public:
  virtual ~Agent() = default;
  virtual void start() = 0;
};

}  // namespace mailcosm::sim
