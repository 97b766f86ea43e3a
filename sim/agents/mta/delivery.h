// Delivery: the way of jobs with one destination to another server: MX look-up, addresses,
// sessions, one after the other until each recipient has an answer or nothing is left to try (RFC
// 5321 section 5.1).
//
// Emits mx.selected and loop.detected; what becomes of recipients is the owner's to record.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/agents/dns/address_lookup.h"
#include "sim/agents/dns/mx_lookup.h"
#include "sim/agents/mta/delivery_job.h"
#include "sim/agents/mta/mta_config.h"
#include "sim/agents/mta/outgoing_session.h"
#include "sim/agents/mta/router.h"
#include "sim/store/message_queue.h"

namespace mailcosm::sim {

class Delivery;

// None of these may destroy the delivery from inside the call.
class DeliveryOwner {
 public:
  // Exactly once for each recipient of a job.
  virtual void on_result(const DeliveryJob& job, const mail::Address& recipient,
                         const DeliveryResult& result) = 0;
  // All recipients of the job have their result. Another job for this destination, if there is one,
  // saves a connection.
  virtual std::optional<DeliveryJob> on_job_done(Delivery& delivery, const DeliveryJob& job) = 0;
  // Nothing more will happen.
  virtual void on_delivery_over(Delivery& delivery) = 0;

 protected:
  ~DeliveryOwner() = default;
};

// What deliveries share. All must outlive them.
struct DeliveryServices {
  Runtime& runtime;
  const MtaConfig& config;
  MessageQueue& queue;
  MxLookup& mx;
  AddressLookup& addresses;
  smtp::ClientConfig smtp;
  smtp::ClientConfig lmtp;
};

class Delivery final : MxHandler, AddressHandler, OutgoingHandler, TimerHandler {
 public:
  Delivery(const DeliveryServices& services, const Destination& destination, DeliveryOwner& owner);
  ~Delivery();

  const Destination& destination() const { return destination_; }
  // REQUIRES: called once. Later jobs come from on_job_done().
  void start(DeliveryJob job);

 private:
  struct Open {
    mail::Address recipient;
    std::optional<DeliveryResult> last;  // what the last server said
  };
  enum class Step : std::uint8_t { kNone, kTryAddress, kOver };

  // delivery.cc: jobs and where to go
  void begin(DeliveryJob job);
  void find_exchangers();
  void on_mx(std::uint64_t token, const MxResult& result) override;
  void try_exchanger();
  void on_addresses(std::uint64_t token, const AddressResult& result) override;
  void try_address();
  bool is_self(const IpAddress& address) const;
  void give_up_to_loop();
  void note_failure(DeliveryResult result);
  void settle_all(const DeliveryResult& result);
  void finish_job();
  void end();
  void on_timer(std::uint64_t tag) override;
  // delivery_session.cc: what the sessions say
  void connect();
  void announce_choice();
  void send_job();
  void on_ready() override;
  void on_recipient_done(const smtp::RecipientDone& done) override;
  void on_refused(const smtp::Reply& reply) override;
  void on_session_closed(std::string_view reason, bool connected) override;
  void tell_no_connection(std::string_view reason);
  bool may_try_another() const;
  void later(Step step);

  const QueuedMessage* message() const { return services_.queue.find(job_.queue_id); }
  Subject subject() const;
  const Exchanger& exchanger() const { return exchangers_[exchanger_at_]; }

  const DeliveryServices& services_;
  Destination destination_;
  DeliveryOwner& owner_;
  Timer timer_;
  Step step_ = Step::kNone;

  DeliveryJob job_;
  std::vector<Open> open_;         // recipients of the job without a result
  std::vector<std::size_t> sent_;  // by recipient of the transaction: place in open_
  bool job_running_ = false;
  bool job_sent_ = false;  // a transaction of this job is over, on this session
  bool in_doubt_ = false;  // the connection broke when the message may have been taken
  std::optional<DeliveryResult> failure_;  // of what was tried, the one that leaves most hope

  LookupId mx_asked_ = 0;
  LookupId addresses_asked_ = 0;
  std::vector<Exchanger> exchangers_;
  std::size_t exchanger_at_ = 0;
  std::vector<IpAddress> addresses_;
  std::size_t address_at_ = 0;
  int addresses_tried_ = 0;
  int sessions_tried_ = 0;
  std::unique_ptr<OutgoingSession> session_;
};

}  // namespace mailcosm::sim
