// QueueManager: brings the messages of the queue to their recipients: incoming to active, active to
// done or deferred, deferred to active again.
//
// Groups the recipients of a message by destination, keeps to a number of connections for each and
// for all together, and decides what follows from the results: done, another attempt with doubled
// waiting time, a notification. Emits recipient.delivered, recipient.deferred and
// recipient.bounced.
#pragma once

#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/agents/mta/bouncer.h"
#include "sim/agents/mta/delivery.h"
#include "sim/agents/mta/router.h"
#include "sim/store/message_queue.h"

namespace mailcosm::sim {

class QueueManager final : public QueueListener, DeliveryOwner, TimerHandler {
 public:
  // All must outlive it. attach() must be called before anything is queued.
  QueueManager(Runtime& runtime, const MtaConfig& config);
  ~QueueManager();
  struct Parts {
    MessageQueue* queue = nullptr;
    Bouncer* bouncer = nullptr;
    MxLookup* mx = nullptr;
    AddressLookup* addresses = nullptr;
  };
  void attach(const Parts& parts);
  // Takes up what open() has found deferred.
  void start();

  void on_incoming(const QueuedMessage& message) override;

 private:
  // A message in the active queue.
  struct Active {
    std::size_t jobs_open = 0;
    std::vector<mail::Address> delivered;  // and not yet noted in the queue
    std::map<std::string, DeliveryResult> failed;
    std::map<std::string, DeliveryResult> deferred;
  };
  struct Lane {
    std::list<DeliveryJob> jobs;
    std::size_t running = 0;
    bool waits = false;  // is in waiting_
  };

  // queue_manager.cc: from queue to deliveries
  void on_timer(std::uint64_t tag) override;
  void activate(const std::string& id);
  void fill(const Destination& destination, Lane& lane);
  bool may_run(const Lane& lane) const;
  void run_next(const Destination& destination, Lane& lane);
  void run_waiting();
  void on_result(const DeliveryJob& job, const mail::Address& recipient,
                 const DeliveryResult& result) override;
  std::optional<DeliveryJob> on_job_done(Delivery& delivery, const DeliveryJob& job) override;
  void on_delivery_over(Delivery& delivery) override;
  void wake();
  // queue_outcome.cc: what follows when all jobs of a message are done
  void record_delivery(const QueuedMessage& message, const mail::Address& recipient,
                       const DeliveryResult& result);
  void save_progress(const std::string& id, Active& active);
  void complete(const std::string& id, Active active);
  static void expire(Active& active);
  bool bounce(QueuedMessage& message, const Active& active);
  void defer(QueuedMessage message, const Active& active);
  void tell_delay(QueuedMessage& message, const Active& active);
  Duration waiting_time(int attempts) const;

  Runtime& runtime_;
  const MtaConfig& config_;
  Router router_;
  std::unique_ptr<DeliveryServices> services_;
  MessageQueue* queue_ = nullptr;
  Bouncer* bouncer_ = nullptr;
  Timer timer_;

  std::deque<std::string> incoming_;
  std::set<std::pair<Instant, std::string>> deferred_;  // by next attempt
  std::map<std::string, Active> active_;
  std::map<Destination, Lane> lanes_;
  std::deque<Destination> waiting_;  // lanes that could do more if there were fewer deliveries
  // In the order they began, so that ending them all at once never depends on where they lie.
  std::vector<std::unique_ptr<Delivery>> deliveries_;
  std::vector<std::unique_ptr<Delivery>>
      over_;  // to be destroyed when none of their handlers is running
};

}  // namespace mailcosm::sim
