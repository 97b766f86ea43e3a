// MtaConfig: what one mail transfer agent is told by its scenario. Plain data; edge, relay,
// submission and final server differ only in this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "protocols/mail/address.h"
#include "sim/agents/common/user_range.h"

namespace mailcosm::sim {

struct MtaListener {
  enum class Kind : std::uint8_t {
    kSmtp,        // from other MTAs
    kSubmission,  // from mail clients (RFC 6409): AUTH before MAIL, missing fields are added
    kLmtp,        // from an MTA of the same organisation (RFC 2033)
  };
  Kind kind = Kind::kSmtp;
  std::uint16_t port = 25;
};

struct MtaAccount {
  std::string login;
  std::string password;
  std::vector<mail::Address> addresses;  // which it may use as reverse-path
};

// All addresses whose first `prefix_length` bits are those of `address`.
struct MtaNetwork {
  IpAddress address;
  unsigned prefix_length = 32;
};

// Which way the mail for a domain takes.
struct MtaRoute {
  enum class Transport : std::uint8_t {
    kMx,     // to the domain's MX (RFC 5321 section 5.1)
    kRelay,  // by SMTP to the server named, without looking up MX: a smart host, an internal relay
    kLmtp,   // by LMTP to the server named: a mailbox server
  };
  std::string domain;  // "blue.com", ".blue.com" for everything below it, or "*" for all others
  Transport transport = Transport::kMx;
  std::string server;  // host name or address; empty for kMx
  std::uint16_t port = 25;
};

struct MtaAlias {
  mail::Address address;
  std::vector<mail::Address> targets;
};

struct MtaConfig {
  std::string name;  // what it calls itself in greeting, EHLO and Received; empty: the host's name
  std::vector<MtaListener> listeners;

  // Domains whose recipients end here: an address is good if `recipients` or `aliases` has it, else
  // 550 5.1.1. Postmaster is always good (RFC 5321 section 4.5.1).
  std::vector<std::string> local_domains;
  // Domains for which mail is taken from anybody and passed on by `routes`.
  std::vector<std::string> relay_domains;
  // Known recipients of the local domains, and of the relay domains if `checks_relay_recipients`.
  std::vector<mail::Address> recipients;
  bool checks_relay_recipients = false;
  // Clients from here may send anywhere without AUTH.
  std::vector<MtaNetwork> relay_from;

  std::vector<MtaRoute> routes;  // the most specific domain wins; without a match kMx
  std::vector<MtaAlias> aliases;
  std::vector<MtaAccount> accounts;  // who may AUTH at submission
  // Good recipients, too, and all of them may AUTH at submission and send as themselves.
  std::vector<UserRange> users;
  std::vector<IpAddress> resolvers;  // recursive resolvers to ask

  std::uint64_t message_size_max = 10'240'000;  // octets (RFC 1870)
  std::size_t recipients_max = 1'000;           // of one transaction (RFC 5321 section 4.5.3.1.8)
  std::size_t hops_max = 50;  // Received fields before a loop is assumed (RFC 5321 section 6.3)
  std::size_t connections_max = 20;  // at once to one destination
  // At once to all destinations together, at least 1. Postfix's default_process_limit, which counts
  // each transport alone.
  std::size_t deliveries_max = 100;
  std::size_t sessions_max =
      1'000;  // incoming, at once on one listener; further ones hear 421 4.3.2
  std::size_t delivery_recipients_max = 50;  // in one outgoing transaction
  std::size_t alias_depth_max = 16;          // aliases that lead to aliases
  std::size_t alias_targets_max = 1'000;     // of one message, all aliases together

  // RFC 5321 section 4.5.4.1: the first retry after 30 minutes or more suits the internet of then;
  // these are Postfix's.
  Duration retry_first = std::chrono::seconds(300);
  Duration retry_max = std::chrono::seconds(4'000);  // the doubled waiting time never exceeds this
  Duration queue_lifetime = std::chrono::hours(120);
  Duration delay_notice =
      std::chrono::hours(4);  // then the sender is told of the delay; 0 is never
};

}  // namespace mailcosm::sim
