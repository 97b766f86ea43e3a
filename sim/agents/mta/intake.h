// Intake: the way of a whole message into the queue: hop count, trace fields, aliases, disk.
//
// Emits message.accepted once the message is safe, recipient.expanded, loop.detected, and
// message.rejected.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/mail/address.h"
#include "protocols/mail/message.h"
#include "protocols/smtp/reply.h"
#include "sim/agents/mta/alias_table.h"
#include "sim/agents/mta/mta_config.h"
#include "sim/host/runtime.h"
#include "sim/store/message_queue.h"

namespace mailcosm::sim {

// A message as a session hands it over.
struct Arrival {
  std::string helo;
  IpAddress client;
  std::string_view with;    // a literal: ESMTP, ESMTPA, SMTP, LMTP, LMTPA (RFC 3848)
  bool submission = false;  // missing fields are added
  mail::Address reverse_path;
  std::vector<mail::Address> recipients;
  mail::Message message;
  std::string message_id;  // of it, or empty
  ConnectionId connection;
};

// "mail.red.com [192.0.2.1]", for the trace.
std::string client_text(std::string_view helo, const IpAddress& address);

class IntakeHandler {
 public:
  // The answer to the message; its text lives as long as the call.
  virtual void on_taken(const smtp::Reply& reply) = 0;

 protected:
  ~IntakeHandler() = default;
};

class Intake final : QueueHandler {
 public:
  // All must outlive it.
  Intake(Runtime& runtime, const MtaConfig& config, const AliasTable& aliases, MessageQueue& queue);

  // Whether the aliases of a recipient lead to an end; the answer to RCPT if they do not.
  smtp::Reply check_aliases(const mail::Address& recipient);
  // Answers later, or at once by its result; then the handler is not called.
  std::optional<smtp::Reply> take(Arrival arrival, IntakeHandler& handler);
  // No more calls to this handler. The message that it has given is kept all the same.
  void forget(IntakeHandler& handler);

  // A message of this host itself, from <> to one address. Its id is from the queue. False if it
  // could not be queued.
  bool take_own(std::string id, const mail::Address& recipient, std::string content);

 private:
  struct Pending {
    IntakeHandler* handler = nullptr;
    Arrival arrival;  // without the message
  };

  RecordId on_queued(std::uint64_t token, const QueuedMessage& message, bool ok) override;
  smtp::Reply refuse_loop(const Arrival& arrival, std::size_t hops, std::string_view message_id);
  // Fills in the recipients, aliases replaced; those that lead nowhere are left out.
  void address(const std::vector<mail::Address>& recipients, QueuedMessage& message);
  RecordId announce(const QueuedMessage& message, const Arrival& arrival);
  void detect_loop(const mail::Address& recipient, std::string_view reason);
  AliasTable::Limits alias_limits() const {
    return {config_.alias_depth_max, config_.alias_targets_max};
  }

  Runtime& runtime_;
  const MtaConfig& config_;
  const AliasTable& aliases_;
  MessageQueue& queue_;
  Random random_;
  std::map<std::uint64_t, Pending> pending_;
  std::uint64_t next_token_ = 1;
};

}  // namespace mailcosm::sim
