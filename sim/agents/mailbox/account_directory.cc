#include "sim/agents/mailbox/account_directory.h"

#include "protocols/base/ascii.h"

namespace mailcosm::sim {

AccountDirectory::AccountDirectory(const std::vector<AccountConfig>& accounts,
                                   const std::vector<UserRange>& users, MailboxStore& store)
    : store_(store), users_(users) {
  for (const AccountConfig& config : accounts) {
    const std::size_t index = entries_.size();
    if (!by_login_.emplace(config.login, index).second) continue;
    Account& account = store.open_account(config.login, config.quota_max);
    for (const std::string& mailbox : config.mailboxes) {
      if (account.find(mailbox) == nullptr) store.create(account, mailbox);
    }
    entries_.push_back({&config, &account});
    for (const std::string& address : config.addresses) {
      by_address_.emplace(ascii::to_lower(address), index);
    }
  }
}

Account* AccountDirectory::log_in(std::string_view login, std::string_view password) const {
  auto found = by_login_.find(login);
  if (found == by_login_.end()) {
    found = by_address_.find(ascii::to_lower(login));
    if (found == by_address_.end()) {
      const std::string user = users_.log_in(login, password);
      return user.empty() ? nullptr : account_of(user);
    }
  }
  const Entry& entry = entries_[found->second];
  return entry.config->password == password ? entry.account : nullptr;
}

Account* AccountDirectory::recipient(std::string_view address) const {
  const std::string folded = ascii::to_lower(address);
  const auto found = by_address_.find(folded);
  if (found != by_address_.end()) return entries_[found->second].account;
  return users_.has(folded) ? account_of(folded) : nullptr;
}

Account* AccountDirectory::account_of(std::string_view login) const {
  Account* open = store_.find_account(login);
  return open != nullptr ? open : &store_.open_account(login);
}

}  // namespace mailcosm::sim
