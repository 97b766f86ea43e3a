// SmtpListener: one port of the MTA and the sessions that came in by it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "sim/agents/mta/incoming_session.h"

namespace mailcosm::sim {

class SmtpListener final : ListenHandler, IncomingOwner {
 public:
  // The services must outlive it.
  SmtpListener(const IncomingServices& services, const MtaListener& listener);

  // Emits a note if the port is taken by another program of the host.
  void start();

 private:
  void on_accepted(std::unique_ptr<Stream> stream) override;
  void on_session_over(std::uint64_t id) override;

  IncomingServices services_;
  MtaListener settings_;
  smtp::ServerConfig server_;
  std::map<std::uint64_t, std::unique_ptr<IncomingSession>> sessions_;
  std::uint64_t next_id_ = 1;
  std::unique_ptr<Listener> listener_;
};

}  // namespace mailcosm::sim
