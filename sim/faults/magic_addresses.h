// MagicAddresses: recipients whose local part says what happens to mail for them, so that a test
// needs no faults: 4xx, 5xx, greylist, slow, drop (docs/scenario-format.md).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/agents/common/interference.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class MagicAddresses final : public Interferer {
 public:
  static constexpr Duration kSlow = std::chrono::seconds(30);
  // An earlier second attempt is no second attempt.
  static constexpr Duration kGreylistMin = std::chrono::seconds(1);

  // `domains` are those whose addresses are magic. `others` is asked first, and may be null. The
  // host and `others` must outlive it.
  MagicAddresses(Runtime& host, std::vector<std::string> domains, Interferer* others)
      : host_(&host), domains_(std::move(domains)), others_(others) {}

  Interference on_command(const Command& command) override;

 private:
  bool is_magic(std::string_view domain) const;
  Interference effect_of(std::string_view local_part, const IpAddress& client);
  Interference greylist(const IpAddress& client);

  Runtime* host_;
  std::vector<std::string> domains_;
  Interferer* others_;
  std::map<IpAddress, Instant> greylisted_;  // first attempts, by client
};

}  // namespace mailcosm::sim
