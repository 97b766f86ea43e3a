// LmtpSession: one LMTP conversation with the store behind it.
//
// A message gets Return-Path (RFC 5321 section 4.4) and a Received field of this host, is stored in
// the INBOX of each recipient, and is answered for each when the disk has it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/mail/address.h"
#include "protocols/smtp/server_session.h"
#include "sim/agents/common/command_gate.h"
#include "sim/agents/common/transcript.h"
#include "sim/agents/mailbox/lmtp_service.h"

namespace mailcosm::sim {

class LmtpSession final : public ServiceSession,
                          private StreamHandler,
                          private TimerHandler,
                          private GateOwner,
                          private StoreHandler {
 public:
  LmtpSession(LmtpService& service, std::unique_ptr<Stream> stream);
  ~LmtpSession() override;

 private:
  struct Recipient {
    std::string address;
    Account* account = nullptr;
    std::optional<smtp::Reply> outcome = {};  // of storing the message; its text is a literal
  };

  void on_received(std::string_view bytes) override;
  void on_end() override;
  void on_closed(StreamError error) override;
  void on_timer(std::uint64_t tag) override;
  void on_stored(std::uint64_t token, StoreError error, std::span<const Uid> uids) override;

  // Moves everything on. False if the session is over and this object gone.
  bool pump();
  void on_gate_open() override;
  // Resets the connection; destroys this object.
  void drop();
  // Answers the open question as an interferer wants it, if it does.
  bool answer_by_gate(std::initializer_list<std::string_view> verbs);
  // The whole content has come.
  void announce_message();
  void handle(const smtp::ServerEvent& event);
  void send();
  void answer(const smtp::Reply& reply);
  void take_recipient(const smtp::RcptAsked& asked);
  void take_message();
  // What goes into the mailboxes: trace fields and content.
  Content finished_message();
  // For an account without room for so many octets: 452, or 552 if waiting will not help.
  smtp::Reply full(const Account& account, std::uint64_t size);
  // Answers for the recipients whose outcome is known, as far as their order allows.
  void answer_outcomes();
  void forget_transaction();

  const ServiceContext* context_;
  FullAccounts* full_accounts_;
  std::unique_ptr<Stream> stream_;
  Transcript transcript_;
  smtp::ServerSession session_;
  Timer timer_;
  CommandGate gate_;
  bool dropped_ = false;        // by the gate
  bool message_waits_ = false;  // for the gate
  std::string output_;
  std::string helo_;
  std::string reverse_path_;
  std::uint64_t declared_size_ = 0;
  std::vector<Recipient> recipients_;
  std::size_t answered_ = 0;       // of recipients_
  std::uint64_t transaction_ = 0;  // distinguishes outcomes of an abandoned one
  std::string content_;
};

}  // namespace mailcosm::sim
