// Deliveries: how many of the mails that people have written are in the mailboxes they are for, and
// how long that took, as far as one expectation asks.
//
// Keeps some tens of octets for each mail and each delivery, and nothing of their contents.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "sim/trace/record.h"

namespace mailcosm::sim::expectations {

// Which mails and recipients count; what is empty chooses all.
struct DeliveryChoice {
  std::string from;                             // domain of the author
  std::string to;                               // domain of the recipient
  HostIndex host = kWorld;                      // the mailbox server; with it
  std::set<std::string, std::less<>> hosted{};  // the domains that it serves
  Instant after{};                              // written then, or later
};

class Deliveries {
 public:
  explicit Deliveries(DeliveryChoice choice) : choice_(std::move(choice)) {}

  // message.composed and message.stored; others say nothing about it. The first arrival in
  // somebody's INBOX is the delivery to him; what is copied or moved later is none. Notifications
  // are none either: nobody wrote them.
  void accept(const Record& record);

  std::uint64_t recipients() const { return recipients_; }  // of the mails that were written
  std::uint64_t delivered() const { return delays_.size(); }
  const std::vector<std::int64_t>& delays() const { return delays_; }  // of deliveries, ns
  // The delivery that took longest; of several the first.
  RecordId slowest() const { return slowest_; }

 private:
  void write(const Record& record);
  void store(const Record& record);
  bool is_for(std::string_view address) const;

  DeliveryChoice choice_;
  std::uint64_t recipients_ = 0;
  // For look-up only: times by digest of the Message-ID; digests of Message-ID and owner.
  std::unordered_map<std::uint64_t, std::int64_t> written_;
  std::unordered_set<std::uint64_t> arrived_;
  std::vector<std::int64_t> delays_;
  std::int64_t longest_ = -1;
  RecordId slowest_;
};

}  // namespace mailcosm::sim::expectations
