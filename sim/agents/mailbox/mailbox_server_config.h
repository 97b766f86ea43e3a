// What a mailbox server is told: its accounts, and where it listens.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/agents/common/user_range.h"
#include "sim/agents/mailbox/account_directory.h"

namespace mailcosm::sim {

struct MailboxServerConfig {
  std::string host_name;  // for greetings and trace fields
  std::vector<AccountConfig> accounts;
  std::vector<UserRange> users;  // have accounts without limits, made when first needed
  // Port 0: the service is not offered.
  std::uint16_t lmtp_port = 24;
  std::uint16_t pop3_port = 110;
  std::uint16_t imap_port = 143;
  std::uint64_t message_size_max = 50 * 1024 * 1024;  // octets that LMTP takes
  // How long LMTP puts off mail for a full account (452) before it refuses it for good (552).
  Duration quota_grace = std::chrono::hours(24);
};

}  // namespace mailcosm::sim
