// ImapSession: one IMAP conversation with the store behind it.
//
// What OK promises is safe: changes are answered when the disk has them. News of the selected
// mailbox come from the store, whichever session or protocol made them; they are written after the
// call that brought them has returned, because a session may change nothing from inside it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/imap/server_session.h"
#include "protocols/imap/wire_splitter.h"
#include "sim/agents/common/command_gate.h"
#include "sim/agents/common/transcript.h"
#include "sim/agents/mailbox/imap_service.h"

namespace mailcosm::sim {

class ImapSession final : public ServiceSession,
                          private StreamHandler,
                          private TimerHandler,
                          private GateOwner,
                          private StoreHandler,
                          private MailboxObserver {
 public:
  ImapSession(ImapService& service, std::unique_ptr<Stream> stream);
  ~ImapSession() override;

 private:
  // What on_stored() answers.
  enum class Waiting : std::uint8_t { kNothing, kChange, kAppend, kCopy };

  void on_received(std::string_view bytes) override;
  void on_writable() override { pump(); }
  void on_end() override;
  void on_closed(StreamError error) override;
  void on_timer(std::uint64_t tag) override;
  void on_stored(std::uint64_t token, StoreError error, std::span<const Uid> uids) override;

  void on_added(const Mailbox& mailbox, Uid first) override;
  void on_flags_changed(const Mailbox& mailbox, const StoredMessage& message) override;
  void on_expunged(const Mailbox& mailbox, Uid uid) override;
  void on_deleted(const Mailbox& mailbox) override;

  // Moves everything on. False if the session is over and this object gone.
  bool pump();
  void on_gate_open() override;
  // Resets the connection; destroys this object.
  void drop();
  void handle(const imap::server::Event& event);
  // Answers the open question as an interferer wants it, if it does.
  bool answer_by_gate(const imap::server::Event& event);
  void send();
  void end(std::string_view reason);
  // Writes news soon.
  void wake();
  void answer(const imap::server::Verdict& verdict);
  // Of a change that is done, or has failed: kNone is answered when the disk has it.
  void answer_change(StoreError error);
  void refuse(StoreError error);

  // imap_session_mailboxes.cc
  void log_in(const imap::server::LoginAsked& asked);
  void select(const imap::server::SelectAsked& asked);
  void deselect();
  void list(const imap::server::ListAsked& asked);
  void tell_status(const imap::server::StatusAsked& asked);
  bool handle_mailboxes(const imap::server::Event& event);

  // imap_session_messages.cc
  void append(const imap::server::AppendAsked& asked);
  void store_appended();
  void hand_over(const imap::server::ContentAsked& asked);
  void set_flags(const imap::server::StoreAsked& asked);
  void copy(const imap::server::CopyAsked& asked);
  void expunge(const imap::server::ExpungeAsked& asked);
  bool handle_messages(const imap::server::Event& event);
  void answer_copied(std::span<const Uid> uids);

  const ServiceContext* context_;
  std::unique_ptr<Stream> stream_;
  Transcript transcript_;
  imap::ServerSession session_;
  imap::WireSplitter splitter_;
  Timer timer_;
  CommandGate gate_;
  bool dropped_ = false;  // by the gate
  Timer wake_timer_;
  std::string output_;
  std::string line_;
  Account* account_ = nullptr;
  Mailbox* mailbox_ = nullptr;  // selected; this is its observer
  bool read_only_ = false;
  bool recent_due_ = false;  // new messages have been shown as \Recent, and the store does not know
  Waiting waiting_ = Waiting::kNothing;
  std::uint64_t token_ = 0;  // of what is waited for
  // Of the running APPEND or COPY.
  std::string target_;
  std::uint32_t target_validity_ = 0;
  imap::Flags flags_;
  WallTime internal_date_;
  std::string content_;
  std::vector<Uid> source_uids_;
};

}  // namespace mailcosm::sim
