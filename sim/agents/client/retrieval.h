// Retrieval: one session with the mailbox server, by POP3 or IMAP, that works off the owner's queue
// of jobs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/agents/client/conversation.h"
#include "sim/agents/client/copies.h"
#include "sim/agents/client/draft.h"

namespace mailcosm::sim {

struct RetrievalJob {
  enum class Kind : std::uint8_t { kCheck, kMark, kMove, kRemove, kAppend };
  Kind kind = Kind::kCheck;
  MessageChoice choice;                  // kMark, kMove, kRemove
  std::vector<std::string> add, remove;  // kMark: flags
  std::string to;                        // kMove, kAppend: mailbox
  Content content;                       // kAppend
  // What the owner chose among the copies on the device: their ids, and for each its Message-ID
  // (kRemove) or the id of the copy in the new mailbox (kMove). Without ids the server's messages
  // are chosen from.
  std::vector<std::string> ids, message_ids, moved;
  std::uint64_t number = 0;  // in the change log; 0: not there
  bool news = false;  // kCheck: the server has told of something in INBOX; nothing else is asked
};

class RetrievalOwner {
 public:
  // The job to do, or null when there is none. It stays the same until it is finished.
  virtual const RetrievalJob* current_job() = 0;
  // The current job is done, or will never be (`failure` says why); the next one becomes current.
  virtual void on_job_finished(const std::string& failure) = 0;
  // Whether the owner has changed this copy, and the server does not know it yet.
  virtual bool has_change(std::string_view mailbox, std::string_view id) const = 0;
  // The server has told the UID of a copy that was moved: later changes mean it by its new id.
  virtual void on_numbered(std::string_view mailbox, std::string_view id,
                           const std::string& numbered_id) = 0;
  // The server has told of new mail while nothing was asked.
  virtual void on_new_mail() = 0;
  // The session is over; the owner may destroy it. A job that is still current was not done.
  virtual void on_retrieval_over(const Ending& ending) = 0;

 protected:
  ~RetrievalOwner() = default;
};

class Retrieval : public Conversation {
 public:
  // There is a new job: work on it if the session has nothing else to do. May call
  // on_retrieval_over().
  virtual void wake() = 0;

 protected:
  Retrieval(Runtime& runtime, AddressLookup& addresses, const MailClientConfig& config,
            RetrievalOwner& owner, Copies& copies, std::string_view protocol,
            std::uint16_t standard_port);

  void over(const Ending& ending) override { owner_.on_retrieval_over(ending); }

  // The records of a check.
  void report_checked(std::size_t messages, std::size_t fresh, std::string_view mailbox = {});
  void report_fetched(std::string_view mailbox, std::string_view id);
  void report_deleted(std::string_view uid, const std::string& message_id);

  RetrievalOwner& owner() { return owner_; }
  Copies& copies() { return copies_; }
  LocalStore& store() { return copies_.store(); }

 private:
  RetrievalOwner& owner_;
  Copies& copies_;
  std::string_view protocol_;
};

// Whether a message, given by its header section, is one that is meant. `newest` is the caller's
// business.
bool is_chosen(const MessageChoice& choice, std::string_view header);

}  // namespace mailcosm::sim
