#include "sim/agents/mta/access_policy.h"

#include <algorithm>

#include "protocols/base/ascii.h"
#include "sim/agents/mta/alias_table.h"

namespace mailcosm::sim {
namespace {

std::set<std::string, std::less<>> folded(const std::vector<std::string>& domains) {
  std::set<std::string, std::less<>> result;
  for (const std::string& domain : domains) result.insert(ascii::to_lower(domain));
  return result;
}

}  // namespace

bool contains(const MtaNetwork& network, const IpAddress& address) {
  if (network.address.family() != address.family()) return false;
  const std::string_view a = network.address.octets();
  const std::string_view b = address.octets();
  for (unsigned bit = 0; bit < network.prefix_length && bit < 8 * a.size(); ++bit) {
    const unsigned mask = 0x80u >> (bit % 8);
    if (((static_cast<unsigned char>(a[bit / 8]) ^ static_cast<unsigned char>(b[bit / 8])) &
         mask) != 0) {
      return false;
    }
  }
  return true;
}

AccessPolicy::AccessPolicy(const MtaConfig& config)
    : config_(config),
      users_(config.users),
      local_domains_(folded(config.local_domains)),
      relay_domains_(folded(config.relay_domains)) {
  for (const MtaAccount& account : config.accounts)
    accounts_.emplace(ascii::to_lower(account.login), &account);
  for (const mail::Address& address : config.recipients) known_.insert(address_key(address));
  for (const MtaAlias& alias : config.aliases) known_.insert(address_key(alias.address));
}

std::shared_ptr<const MtaAccount> AccessPolicy::log_in(const sasl::Credentials& credentials) const {
  const auto found = accounts_.find(ascii::to_lower(credentials.login));
  std::shared_ptr<const MtaAccount> account;
  if (found != accounts_.end()) {
    // Not owned: it lives as long as the configuration.
    if (found->second->password == credentials.password) account = {account, found->second};
  } else if (!users_.empty()) {
    const std::string login = users_.log_in(credentials.login, credentials.password);
    const auto address = mail::parse_mailbox(login);
    if (address) {
      account =
          std::make_shared<const MtaAccount>(MtaAccount{login, credentials.password, {*address}});
    }
  }
  if (!account) return nullptr;
  // To act as somebody else is not offered.
  const bool as_himself = credentials.authorization.empty() ||
                          ascii::equal_ignoring_case(credentials.authorization, account->login);
  return as_himself ? account : nullptr;
}

smtp::Reply AccessPolicy::check_sender(const MtaClient& client,
                                       const mail::Address& reverse_path) const {
  // RFC 6409 section 6.1: a submission server may insist that the sender is the one who logged in.
  if (client.account == nullptr || reverse_path.is_null()) return smtp::accept();
  for (const mail::Address& own : client.account->addresses) {
    if (address_key(own) == address_key(reverse_path)) return smtp::accept();
  }
  return {553, {5, 7, 1}, "Sender address is not owned by the user who logged in"};
}

bool AccessPolicy::is_local(const mail::Address& address) const {
  return address.domain.empty() || local_domains_.contains(ascii::to_lower(address.domain));
}

bool AccessPolicy::is_known(const mail::Address& address) const {
  // RFC 5321 section 4.5.1: mail to postmaster is always taken.
  return ascii::equal_ignoring_case(address.local_part, "postmaster") ||
         (!users_.empty() && users_.has(address.local_part, address.domain)) ||
         (!known_.empty() && known_.contains(address_key(address)));
}

bool AccessPolicy::may_relay(const MtaClient& client) const {
  if (client.account != nullptr) return true;
  return std::any_of(config_.relay_from.begin(), config_.relay_from.end(),
                     [&](const MtaNetwork& network) { return contains(network, client.address); });
}

smtp::Reply AccessPolicy::check_recipient(const MtaClient& client,
                                          const mail::Address& forward_path) const {
  constexpr smtp::Reply kUnknown = {550, {5, 1, 1}, "No such user here"};
  if (is_local(forward_path)) return is_known(forward_path) ? smtp::accept() : kUnknown;
  if (relay_domains_.contains(ascii::to_lower(forward_path.domain))) {
    return !config_.checks_relay_recipients || is_known(forward_path) ? smtp::accept() : kUnknown;
  }
  if (may_relay(client)) return smtp::accept();
  return {550, {5, 7, 1}, "Relaying denied"};
}

}  // namespace mailcosm::sim
