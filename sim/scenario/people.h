// People: the users of a scenario, found by mail address or, where that is enough, by local part.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/draft.h"

namespace mailcosm::sim::scenario {

class People {
 public:
  // All who have a client or a mailbox; users who are counted and not listed are known by their
  // whole address. The draft must outlive this object and keep its clients.
  explicit People(const Draft& draft);

  // The mail address that `name` means. Reports an unknown or ambiguous name, and gives an empty
  // text then.
  std::string find(std::string_view name, SourcePosition source, Reporter& reporter) const;
  // In the order of the scenario; empty for somebody without devices.
  const std::vector<const Client*>& clients_of(const std::string& user) const;
  // For sentences: the display name, or the local part with a capital.
  std::string name_of(const std::string& user) const;

 private:
  bool is_counted(std::string_view address) const;

  std::map<std::string, const UserGroup*, std::less<>> groups_;                 // by domain
  std::map<std::string, std::vector<const Client*>, std::less<>> users_;        // by address
  std::map<std::string, std::vector<std::string>, std::less<>> by_local_part_;  // in lower case
};

}  // namespace mailcosm::sim::scenario
