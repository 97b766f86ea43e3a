// MailClient::Parts: what a mail client consists of, and how its parts are told of each other.
// Internal.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "sim/agents/client/change_log.h"
#include "sim/agents/client/compose.h"
#include "sim/agents/client/copies.h"
#include "sim/agents/client/local_store.h"
#include "sim/agents/client/mail_client.h"
#include "sim/agents/client/outbox.h"
#include "sim/agents/client/retrieval.h"
#include "sim/agents/client/submission.h"
#include "sim/agents/dns/address_lookup.h"
#include "sim/agents/dns/stub_resolver.h"

namespace mailcosm::sim {

class MailClient::Parts final : public SubmissionOwner,
                                public RetrievalOwner,
                                private TimerHandler {
 public:
  Parts(Runtime& runtime, MailClientConfig config);

  void start();
  std::string write(const Draft& draft);
  // A check that waits already is not doubled.
  void add_job(RetrievalJob job);
  // mail_client_person.cc: what the person does with the messages on the device
  void read(const MessageChoice& choice);
  void reply(MessageChoice choice, const std::string& body);
  void mark(const MessageChoice& choice, const std::vector<std::string>& add,
            const std::vector<std::string>& remove);
  void move(const MessageChoice& choice, const std::string& to);
  void remove(const MessageChoice& choice);
  void lose();
  bool reads() const { return !lost_ && config_.retrieval != RetrievalProtocol::kNone; }

  const MailClientConfig& config() const { return config_; }
  const LocalStore& store() const { return store_; }
  const Outbox& outbox() const { return outbox_; }

 private:
  enum Tag : std::uint64_t { kOutboxDue, kCheckDue, kJobsDue };

  // Submission
  void add_to_outbox(const Composed& composed);
  void submit_due();
  OutboxItem* next_to_submit() override;
  void on_submitted(OutboxItem& item, const SubmissionResult& result,
                    const Subject& subject) override;
  void on_submission_over(const Ending& ending) override;
  void postpone(OutboxItem& item);
  void emit_submission(Kind kind, const std::string& reply, const Subject& subject);
  void keep_sent(const Content& message);

  // A job that the device remembers until it is done.
  void add_change(RetrievalJob job);
  void report_missed(const MessageChoice& choice);
  // Adds a system flag to copies, and tells the server of it.
  void flag(const MessageChoice& choice, std::vector<std::string> ids, imap::SystemFlag flag);

  // Retrieval
  void retrieve();
  const RetrievalJob* current_job() override;
  void on_job_finished(const std::string& failure) override;
  bool has_change(std::string_view mailbox, std::string_view id) const override;
  void on_numbered(std::string_view mailbox, std::string_view id,
                   const std::string& numbered_id) override;
  void on_new_mail() override;
  void drop_unnumbered(const RetrievalJob& job);
  void on_retrieval_over(const Ending& ending) override;
  void report_failed_check(const std::string& reason);

  void on_timer(std::uint64_t tag) override;

  Runtime& runtime_;
  MailClientConfig config_;
  Random random_;
  StubResolver stub_;
  AddressLookup addresses_;
  LocalStore store_;
  Copies copies_;
  ChangeLog changes_;
  Outbox outbox_;
  std::deque<RetrievalJob> jobs_;  // the first is the current one
  Duration job_pause_;             // before the next try after a broken session
  bool lost_ = false;
  Timer outbox_timer_;
  Timer check_timer_;
  Timer jobs_timer_;
  std::unique_ptr<Submission> submission_;
  std::unique_ptr<Retrieval> retrieval_;
};

}  // namespace mailcosm::sim
