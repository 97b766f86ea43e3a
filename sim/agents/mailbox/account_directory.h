// AccountDirectory: who may log in, and which address belongs to whom.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/agents/common/user_range.h"
#include "sim/store/mailbox_store.h"

namespace mailcosm::sim {

struct AccountConfig {
  std::string login;
  std::string password;
  std::vector<std::string> addresses;  // "bob@blue.com"
  std::uint64_t quota_max = 0;         // octets; 0: unlimited
  std::vector<std::string> mailboxes;  // that exist from the start, besides INBOX, Sent and Trash
};

class AccountDirectory {
 public:
  // Opens every account in the store, which must outlive the directory, as must the configurations.
  // Those of `users` are opened when they first receive mail or log in.
  AccountDirectory(const std::vector<AccountConfig>& accounts, const std::vector<UserRange>& users,
                   MailboxStore& store);

  // Null unless login and password fit. The login may also be written as one of the account's
  // addresses.
  Account* log_in(std::string_view login, std::string_view password) const;
  // The account that receives mail for an address, without regard to case; null if nobody does.
  Account* recipient(std::string_view address) const;

 private:
  struct Entry {
    const AccountConfig* config;
    Account* account;
  };
  Account* account_of(std::string_view login) const;

  MailboxStore& store_;
  UserRanges users_;
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>> by_login_;
  std::map<std::string, std::size_t, std::less<>> by_address_;  // lower case
};

}  // namespace mailcosm::sim
