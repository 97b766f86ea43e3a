#include "sim/agents/mailbox/account_directory.h"

#include "protocols/base/ascii.h"

namespace mailcosm::sim {

AccountDirectory::AccountDirectory(const std::vector<AccountConfig>& accounts,
                                   MailboxStore& store) {
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
    if (found == by_address_.end()) return nullptr;
  }
  const Entry& entry = entries_[found->second];
  return entry.config->password == password ? entry.account : nullptr;
}

Account* AccountDirectory::recipient(std::string_view address) const {
  const auto found = by_address_.find(ascii::to_lower(address));
  return found == by_address_.end() ? nullptr : entries_[found->second].account;
}

}  // namespace mailcosm::sim
