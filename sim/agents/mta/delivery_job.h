// DeliveryJob and DeliveryResult: what a delivery is asked to do, and what came of it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "protocols/dsn/status_code.h"
#include "protocols/mail/address.h"
#include "protocols/smtp/reply.h"

namespace mailcosm::sim {

// Recipients of one message with one destination; at most delivery_recipients_max.
struct DeliveryJob {
  std::string queue_id;
  std::vector<mail::Address> recipients;
};

struct DeliveryResult {
  enum class Outcome : std::uint8_t {
    kDelivered,  // the next server has taken responsibility
    kDeferred,   // another attempt may help
    kFailed,     // none will
  };
  Outcome outcome = Outcome::kDeferred;
  dsn::StatusCode status;
  std::string server;  // host name, or empty if none was reached
  std::string reply;   // the server's, or a reason of this host; one line
  bool from_server = false;

  static DeliveryResult deferred(dsn::StatusCode status, std::string server, std::string reason) {
    return {Outcome::kDeferred, status, std::move(server), std::move(reason), false};
  }
  static DeliveryResult failed(dsn::StatusCode status, std::string server, std::string reason) {
    return {Outcome::kFailed, status, std::move(server), std::move(reason), false};
  }
  static DeliveryResult of(const smtp::Reply& reply, std::string server);
};

}  // namespace mailcosm::sim
