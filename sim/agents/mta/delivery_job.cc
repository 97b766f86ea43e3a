#include "sim/agents/mta/delivery_job.h"

namespace mailcosm::sim {

DeliveryResult DeliveryResult::of(const smtp::Reply& reply, std::string server) {
  DeliveryResult result;
  result.outcome = reply.positive()    ? Outcome::kDelivered
                   : reply.permanent() ? Outcome::kFailed
                                       : Outcome::kDeferred;
  result.status = {static_cast<std::uint8_t>(reply.code / 100), reply.status.subject,
                   reply.status.detail};
  result.server = std::move(server);
  result.reply = reply.to_string();
  result.from_server = true;
  return result;
}

}  // namespace mailcosm::sim
