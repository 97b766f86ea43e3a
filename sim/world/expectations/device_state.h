// DeviceState: what lies on devices, rebuilt from the trace.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "sim/trace/record.h"
#include "sim/world/expectations/world_state.h"

namespace mailcosm::sim::expectations {

// By UID, or by Message-ID as long as it has no UID.
using DeviceMailbox = std::map<std::string, StoredMessage, std::less<>>;

// Devices of the users that were named.
class DeviceState {
 public:
  void watch(std::string user) { users_.insert(std::move(user)); }
  // True if something changed.
  bool accept(const Record& record);
  // Empty if there is none of that name. INBOX is found in any case.
  const DeviceMailbox& mailbox(std::string_view user, std::string_view device,
                               std::string_view name) const;

 private:
  using Device = std::map<std::string, DeviceMailbox, std::less<>>;  // by mailbox

  static bool take(const Record& record, Device& device);

  std::set<std::string, std::less<>> users_;
  std::map<std::pair<std::string, std::string>, Device> devices_;  // by user and device
};

}  // namespace mailcosm::sim::expectations
