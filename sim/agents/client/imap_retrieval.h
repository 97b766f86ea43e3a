// ImapRetrieval: LOGIN, and for each job SELECT and what it needs; then LOGOUT, or IDLE for a
// client that stays connected.
//
// A check copies what the device lacks (BODY.PEEK, so that nothing counts as read) and forgets what
// is gone from the server. Changes find their messages by the header fields on the server, so that
// a device need not have them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/imap/client_session.h"
#include "sim/agents/client/retrieval.h"

namespace mailcosm::sim {

class ImapRetrieval final : public Retrieval {
 public:
  ImapRetrieval(Runtime& runtime, AddressLookup& addresses, const MailClientConfig& config,
                RetrievalOwner& owner, LocalStore& store);

  void wake() override;

 private:
  // What the answer we wait for belongs to.
  enum class Stage : std::uint8_t {
    kLogin,
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
  void list_flags();
  void compare();
  void take_content(const imap::client::Fetched& fetched);
  std::string local_id(imap::Uid uid) const;

  // imap_change.cc
  void list_headers();
  void choose();
  void change();
  void advance_change(const imap::client::Completed& completed);
  void begin_append();
  void expunge();
  void finish_removal();

  std::optional<imap::ClientSession> session_;
  Stage stage_ = Stage::kLogin;
  imap::ClientSession::RequestId request_ = 0;  // the one that `stage_` waits for
  const RetrievalJob* job_ = nullptr;
  std::string selected_;  // mailbox; empty: none
  std::uint32_t uid_validity_ = 0;
  std::uint32_t messages_ = 0;
  bool login_refused_ = false;
  bool has_idled_ = false;
  Instant idle_until_ = Instant::never();  // when IDLE is to be renewed
  bool created_ = false;                   // the target mailbox was made for the current job
  bool disk_full_ = false;
  struct Listed {
    imap::Uid uid = 0;
    std::string header;
  };
  std::vector<Listed> listed_;
  imap::SequenceSet chosen_;
  std::vector<Listed> chosen_messages_;
};

}  // namespace mailcosm::sim
