// ImapRetrieval: LOGIN, and for each job SELECT and what it needs; then LOGOUT, or IDLE for a
// client that stays connected.
//
// A check goes through INBOX, or through all mailboxes with INBOX last: it copies what the device
// lacks (BODY.PEEK, so that nothing counts as read), takes over the flags, and drops what is gone
// from the server. What the owner has changed on the device and the server does not know yet stays
// as the owner left it. In IDLE the server's news are taken over as they come.
//
// Changes name their messages by the UIDs of the device's copies (what other devices have removed
// meanwhile is left out by the server, RFC 3501 section 6.4.8), or find them by the header fields
// on the server if the device has none.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "protocols/imap/client_session.h"
#include "sim/agents/client/retrieval.h"

namespace mailcosm::sim {

class ImapRetrieval final : public Retrieval {
 public:
  ImapRetrieval(Runtime& runtime, AddressLookup& addresses, const MailClientConfig& config,
                RetrievalOwner& owner, Copies& copies);

  void wake() override;

 private:
  // What the answer we wait for belongs to.
  enum class Stage : std::uint8_t {
    kLogin,
    kListMailboxes,  // check: which mailboxes there are
    kSelect,
    kListFlags,    // check: which UIDs there are
    kFetch,        // check: contents
    kListHeaders,  // change: which messages are meant
    kAddFlags,
    kRemoveFlags,
    kMove,
    kCopy,
    kMarkDeleted,
    kExpunge,
    kCreate,  // the target mailbox was missing
    kAppend,
    kIdle,
    kLogout,
  };

  void begin(Instant now) override;
  void receive(std::string_view bytes, Instant now) override { session_->receive(bytes, now); }
  void end_of_input(Instant now) override { session_->end_of_input(now); }
  void expire(Instant now) override;
  Instant deadline() const override;
  Step step() override;

  // imap_retrieval.cc: the session
  void report_imap_output();
  void on_login(const imap::client::Completed& completed);
  void on_selected(const imap::client::Selected& selected);
  void on_fetched(const imap::client::Fetched& fetched);
  void on_completed(const imap::client::Completed& completed);
  Step on_session_closed(const imap::client::Closed& closed);
  // Goes on with `stage`, or gives the job up if the request could not be said.
  void expect(Stage stage, imap::ClientSession::RequestId request);
  void next_job();
  void rest();
  void finish_job(const std::string& failure);

  // imap_check.cc
  void begin_check();
  void take_mailbox(const imap::client::MailboxListed& listed);
  void check_next();
  void list_flags();
  void compare();
  void take_content(const imap::client::Fetched& fetched);
  // News of the selected mailbox that nobody asked for.
  void on_exists(std::uint32_t messages);
  void on_expunged(imap::SequenceNumber number);
  void on_flags(imap::Uid uid, imap::Flags flags);
  std::string local_id(imap::Uid uid) const { return Copies::imap_id(uid_validity_, uid); }
  bool is_selected(std::string_view mailbox) const;

  // imap_change.cc
  void begin_change();
  void choose_copies();
  void list_headers();
  void choose();
  void change();
  void advance_change(const imap::client::Completed& completed);
  void begin_append();
  void expunge();
  void finish_removal();
  void number_moved(std::uint32_t uid_validity, std::string_view source_uids,
                    std::string_view target_uids);

  std::optional<imap::ClientSession> session_;
  Stage stage_ = Stage::kLogin;
  imap::ClientSession::RequestId request_ = 0;  // the one that `stage_` waits for
  const RetrievalJob* job_ = nullptr;
  std::string selected_;  // mailbox; empty: none
  std::uint32_t uid_validity_ = 0;
  // UIDs of the messages in the selected mailbox by their numbers, from 1; 0: not known yet.
  std::vector<imap::Uid> uids_;
  bool login_refused_ = false;
  bool has_idled_ = false;
  Instant idle_until_ = Instant::never();  // when IDLE is to be renewed
  bool created_ = false;                   // the target mailbox was made for the current job
  bool disk_full_ = false;
  struct Listed {
    imap::Uid uid = 0;
    std::string header;  // when a change looks for its messages
    imap::Flags flags;   // when a check compares
  };
  std::vector<Listed> listed_;
  std::deque<std::string> to_check_;  // mailboxes that the running check has before it
  imap::SequenceSet chosen_;
  std::vector<Listed> chosen_messages_;
};

}  // namespace mailcosm::sim
