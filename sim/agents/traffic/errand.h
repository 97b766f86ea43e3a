// Errand: one message on its way from the program in which it was written to the submission server.
#pragma once

#include <memory>

#include "sim/agents/client/submission.h"

namespace mailcosm::sim {

class ErrandOwner {
 public:
  // The server has taken the message, or refused it for good. The owner may destroy the errand.
  virtual void on_errand_over(std::uint64_t id) = 0;

 protected:
  ~ErrandOwner() = default;
};

// Tries again with growing pauses as a MailClient does; what waits is in memory only. Emits
// message.submitted and message.submission_failed.
class Errand final : SubmissionOwner, TimerHandler {
 public:
  // All references must outlive it.
  Errand(Runtime& runtime, AddressLookup& addresses, MailClientConfig config, OutboxItem item,
         ErrandOwner& owner, std::uint64_t id);
  ~Errand();

  void start();

 private:
  OutboxItem* next_to_submit() override;
  void on_submitted(OutboxItem& item, const SubmissionResult& result,
                    const Subject& subject) override;
  void on_submission_over(const Ending& ending) override;
  void on_timer(std::uint64_t) override { start(); }
  void emit(Kind kind, const std::string& reply, const Subject& subject);

  Runtime& runtime_;
  AddressLookup& addresses_;
  MailClientConfig config_;
  OutboxItem item_;
  ErrandOwner& owner_;
  std::uint64_t id_;
  bool tried_ = false;  // in this session
  std::unique_ptr<Submission> submission_;
  std::unique_ptr<Timer> timer_;  // once it has to wait
};

}  // namespace mailcosm::sim
