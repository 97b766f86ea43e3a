// Submission: one session with the submission server (RFC 6409): EHLO, AUTH, and one transaction
// for each message of the outbox that is due.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "protocols/smtp/client_session.h"
#include "sim/agents/client/conversation.h"
#include "sim/agents/client/outbox.h"

namespace mailcosm::sim {

// What became of one message.
struct SubmissionResult {
  std::string accepted;            // reply of the server that took it; empty: it did not
  std::string refused;             // last permanent refusal of a recipient, or empty
  std::string deferred;            // last temporary one, or what broke the session; or empty
  std::vector<std::string> retry;  // recipients that were deferred
};

class SubmissionOwner {
 public:
  // The next message to submit, or null when there is no more. It must stay until on_submitted().
  virtual OutboxItem* next_to_submit() = 0;
  virtual void on_submitted(OutboxItem& item, const SubmissionResult& result,
                            const Subject& subject) = 0;
  // The session is over; the owner may destroy it.
  virtual void on_submission_over(const Ending& ending) = 0;

 protected:
  ~SubmissionOwner() = default;
};

class Submission final : public Conversation {
 public:
  Submission(Runtime& runtime, AddressLookup& addresses, const MailClientConfig& config,
             SubmissionOwner& owner);

 private:
  void begin(Instant now) override;
  void receive(std::string_view bytes, Instant now) override { session().receive(bytes, now); }
  void end_of_input(Instant now) override { session().end_of_input(now); }
  void expire(Instant now) override { session().expire(now); }
  Instant deadline() const override { return engine_->session.deadline(); }
  Step step() override;
  void writable() override { send_body(); }
  void over(const Ending& ending) override;

  Step on_ready();
  Step on_refused(const smtp::SessionRefused& refused);
  void on_recipient(const smtp::RecipientDone& done);
  void send_body();
  void settle(std::string_view reason_without_reply);

  SubmissionOwner& owner_;
  // The engine and what it must not outlive, once the connection is there.
  struct Engine {
    Engine(smtp::ClientConfig settings, Instant now)
        : config(std::move(settings)), session(config, now) {}
    const smtp::ClientConfig config;
    smtp::ClientSession session;
  };
  smtp::ClientSession& session() { return engine_->session; }

  std::unique_ptr<Engine> engine_;
  OutboxItem* item_ = nullptr;
  bool session_refused_ = false;
  bool sending_ = false;     // the server waits for more of the message
  std::size_t body_at_ = 0;  // octets of it given to the engine
  SubmissionResult result_;
  std::vector<std::string> unanswered_;  // recipients the session broke over
};

}  // namespace mailcosm::sim
