#include "sim/scenario/people.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"
#include "sim/scenario/names.h"
#include "sim/scenario/suggest.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

const std::vector<const Client*> kNoClients;

}  // namespace

People::People(const Draft& draft) {
  for (const MailboxServer& server : draft.scenario.mailbox_servers) {
    for (const MailboxAccount& account : server.accounts) users_[account.user];
  }
  for (const Client& client : draft.scenario.clients) users_[client.user].push_back(&client);
  for (const UserGroup& group : draft.scenario.traffic.groups)
    groups_.emplace(group.domain, &group);
  for (const auto& [user, clients] : users_) {
    by_local_part_[ascii::to_lower(local_part_of(user))].push_back(user);
  }
}

bool People::is_counted(std::string_view address) const {
  const auto group = groups_.find(domain_of(address));
  if (group == groups_.end()) return false;
  const std::string_view pattern = group->second->names, local_part = local_part_of(address);
  const std::string_view before = pattern.substr(0, pattern.find('*')),
                         after = pattern.substr(before.size() + 1);
  if (local_part.size() <= before.size() + after.size() || !local_part.starts_with(before) ||
      !local_part.ends_with(after)) {
    return false;
  }
  const auto number = parse_integer(
      local_part.substr(before.size(), local_part.size() - before.size() - after.size()));
  return number && *number >= 1 && *number <= group->second->count;
}

std::string People::find(std::string_view name, SourcePosition source, Reporter& reporter) const {
  if (name.find('@') != std::string_view::npos) {
    std::string address = is_mail_address(name) ? fold_address(name) : std::string();
    if (users_.contains(address) || is_counted(address)) return address;
  } else if (const auto found = by_local_part_.find(ascii::to_lower(name));
             found != by_local_part_.end()) {
    if (found->second.size() == 1) return found->second[0];
    reporter.add(source, fmt::format("there are {} users called '{}'", found->second.size(), name),
                 "The story must say who is meant.",
                 fmt::format("write {}", fmt::join(found->second, " or ")));
    return {};
  }
  std::vector<std::string_view> known;
  for (const auto& [user, clients] : users_) known.push_back(user);
  for (const auto& [local_part, addresses] : by_local_part_) known.push_back(local_part);
  reporter.add(source, fmt::format("there is no user '{}'", name),
               "Users have a mailbox or a device.", suggestion_for(name, known));
  return {};
}

const std::vector<const Client*>& People::clients_of(const std::string& user) const {
  const auto found = users_.find(user);
  return found == users_.end() ? kNoClients : found->second;
}

std::string People::name_of(const std::string& user) const {
  for (const Client* client : clients_of(user)) {
    if (!client->display_name.empty()) return client->display_name;
  }
  std::string name(local_part_of(user));
  if (!name.empty()) name[0] = ascii::to_upper(name[0]);
  return name;
}

}  // namespace mailcosm::sim::scenario
