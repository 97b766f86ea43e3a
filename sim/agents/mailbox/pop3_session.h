// Pop3Session: one POP3 conversation with the store behind it.
//
// Message content is pulled from the store in pieces, and only as fast as the peer reads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/pop3/server_session.h"
#include "sim/agents/common/transcript.h"
#include "sim/agents/mailbox/pop3_service.h"

namespace mailcosm::sim {

class Pop3Session final : public ServiceSession,
                          private StreamHandler,
                          private TimerHandler,
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

  // Moves everything on; may destroy this object.
  void pump();
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
  std::string output_;
  Account* account_ = nullptr;
  MaildropLock lock_;
  std::vector<Uid> uids_;  // of the messages, in order of their numbers
  Content content_;        // being handed over
};

}  // namespace mailcosm::sim
