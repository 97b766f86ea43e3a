// AccessPolicy: who may log in, send as whom, and send to whom.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "protocols/base/ip_address.h"
#include "protocols/mail/address.h"
#include "protocols/sasl/credentials.h"
#include "protocols/smtp/reply.h"
#include "sim/agents/mta/mta_config.h"

namespace mailcosm::sim {

// A client as far as policy cares.
struct MtaClient {
  IpAddress address;
  std::shared_ptr<const MtaAccount> account;  // logged in as, or null
};

class AccessPolicy {
 public:
  // The configuration must outlive it.
  explicit AccessPolicy(const MtaConfig& config);

  // Null if the credentials are not good.
  std::shared_ptr<const MtaAccount> log_in(const sasl::Credentials& credentials) const;

  // The answers to MAIL and RCPT; smtp::accept() if nothing speaks against them. Texts are
  // literals.
  smtp::Reply check_sender(const MtaClient& client, const mail::Address& reverse_path) const;
  smtp::Reply check_recipient(const MtaClient& client, const mail::Address& forward_path) const;

  // Whether the recipient's domain ends here.
  bool is_local(const mail::Address& address) const;
  bool is_known(const mail::Address& address) const;

 private:
  bool may_relay(const MtaClient& client) const;

  const MtaConfig& config_;
  UserRanges users_;
  std::set<std::string, std::less<>> local_domains_;  // in lower case, as those that follow
  std::set<std::string, std::less<>> relay_domains_;
  std::map<std::string, const MtaAccount*, std::less<>> accounts_;  // by login
  std::set<std::string> known_;                                     // by address_key()
};

// Whether the first bits are the same. Addresses of different families never are.
bool contains(const MtaNetwork& network, const IpAddress& address);

}  // namespace mailcosm::sim
