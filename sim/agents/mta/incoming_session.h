// IncomingSession: one accepted connection, from greeting to close: a server session of
// protocols/smtp with this MTA's policy.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "protocols/smtp/server_session.h"
#include "sim/agents/common/command_gate.h"
#include "sim/agents/common/transcript.h"
#include "sim/agents/mta/access_policy.h"
#include "sim/agents/mta/intake.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

// What sessions share. All must outlive them.
struct IncomingServices {
  Runtime& runtime;
  const MtaConfig& config;
  const AccessPolicy& access;
  Intake& intake;
  Interferer* interferer = nullptr;  // may be null
};

class IncomingOwner {
 public:
  // The session is over and may be destroyed in this call.
  virtual void on_session_over(std::uint64_t id) = 0;

 protected:
  ~IncomingOwner() = default;
};

class IncomingSession final : StreamHandler, TimerHandler, IntakeHandler, GateOwner {
 public:
  // `server` must outlive the session. `welcome` answers the connection.
  IncomingSession(const IncomingServices& services, const smtp::ServerConfig& server,
                  std::unique_ptr<Stream> stream, IncomingOwner& owner, std::uint64_t id);
  ~IncomingSession();

  // Greets, or turns away with the given reply. May call the owner.
  void start(const smtp::Reply& welcome);

 private:
  void on_received(std::string_view bytes) override;
  void on_end() override;
  void on_closed(StreamError error) override;
  void on_timer(std::uint64_t tag) override;
  void on_taken(const smtp::Reply& reply) override;
  void on_gate_open() override;

  // Moves everything on. False if the session is over and this object gone.
  bool pump();
  void take(const smtp::ServerEvent& event);
  // Asks the gate about `connect` or `message`. False if the moment has to wait, or is dropped.
  bool admit(std::string_view moment);
  // Answers the open question as an interferer wants it, if it does.
  bool answer_by_gate(std::initializer_list<std::string_view> verbs);
  void record_output();
  void flush();
  void finish(std::string_view reason);

  void answer_connect();
  void log_in(const smtp::AuthAsked& asked);
  void take_sender(const smtp::MailAsked& asked);
  void take_recipient(const smtp::RcptAsked& asked);
  // The whole content has come.
  void announce_message();
  void take_message();
  void answer_message(const smtp::Reply& reply);
  void answer(const smtp::Reply& reply);
  void reject(const smtp::Reply& reply, std::string_view recipient);
  void forget_transaction();
  std::string_view with() const;
  mail::Address forward_path(const smtp::Path& path) const;

  const IncomingServices& services_;
  std::unique_ptr<Stream> stream_;
  IncomingOwner& owner_;
  std::uint64_t id_;
  smtp::ServerSession session_;
  Transcript transcript_;
  Timer timer_;
  CommandGate gate_;
  bool dropped_ = false;  // by the gate
  smtp::Reply welcome_;
  std::string output_;
  std::size_t recorded_ = 0;  // octets of it that are in the trace

  std::string helo_;
  MtaClient client_;
  mail::Address reverse_path_;
  std::vector<mail::Address> recipients_;
  std::string content_;
  mail::Message message_;            // complete, not yet taken
  std::string_view waiting_moment_;  // connect or message, until the gate opens
};

}  // namespace mailcosm::sim
