// Pop3Session: one POP3 conversation with the store behind it.
//
// Message content is pulled from the store in pieces, and only as fast as the peer reads.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/pop3/server_session.h"
#include "sim/agents/common/command_gate.h"
#include "sim/agents/common/transcript.h"
#include "sim/agents/mailbox/pop3_service.h"

namespace mailcosm::sim {

class Pop3Session final : public ServiceSession,
                          private StreamHandler,
                          private TimerHandler,
                          private GateOwner,
                          private StoreHandler {
 public:
  Pop3Session(Pop3Service& service, std::unique_ptr<Stream> stream);
  ~Pop3Session() override;

 private:
  void on_received(std::string_view bytes) override;
  void on_writable() override { pump(); }
  void on_end() override;
  void on_closed(StreamError error) override;
  void on_timer(std::uint64_t tag) override;
  void on_stored(std::uint64_t token, StoreError error, std::span<const Uid> uids) override;

  // Moves everything on. False if the session is over and this object gone.
  bool pump();
  void on_gate_open() override;
  // Resets the connection; destroys this object.
  void drop();
  // The refusal that an interferer wants for the open question, if it does.
  std::optional<pop3::ResponseCode> refusal(std::initializer_list<std::string_view> verbs);
  void handle(const pop3::server::Event& event);
  void send();
  void log_in(const pop3::server::LoginAsked& asked);
  void open_maildrop();
  void hand_over(const pop3::server::ContentAsked& asked);
  void remove(const pop3::server::RemoveAsked& asked);

  const ServiceContext* context_;
  std::unique_ptr<Stream> stream_;
  Transcript transcript_;
  pop3::ServerSession session_;
  Timer timer_;
  CommandGate gate_;
  bool dropped_ = false;  // by the gate
  std::string output_;
  Account* account_ = nullptr;
  MaildropLock lock_;
  std::vector<Uid> uids_;  // of the messages, in order of their numbers
  Content content_;        // being handed over
  std::string piece_;      // of it, across the border of its head
};

}  // namespace mailcosm::sim
