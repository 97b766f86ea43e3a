// Mta, MailboxServer and Client: the mail programs of an expanded scenario.
//
// Every server is named by host name and port; programs find its address by DNS, as real ones do.
// Mail addresses are text (addr-spec without brackets, domain in lower case) that is known to
// parse. Logins are mail addresses.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/scenario/network.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

struct Account {
  std::string user;  // login, a mail address
  std::string password;
  std::vector<std::string>
      addresses;  // mail addresses that are this account's, the login among them
  SourcePosition source;
};

enum class Service : std::uint8_t { kSmtp, kSubmission, kLmtp, kPop3, kImap };

struct Listener {
  Service service = Service::kSmtp;
  std::uint16_t port = 0;
  SourcePosition source;
};

enum class Transport : std::uint8_t {
  kMx,     // look up the MX of the recipient's domain (RFC 5321 section 5.1)
  kRelay,  // by SMTP to the server named, without looking up MX (a smart host, an internal relay)
  kLmtp,   // by LMTP to the server named
};

// Which way the mail for a domain takes.
struct Route {
  std::string domain;  // "blue.com", ".blue.com" for everything below it, or "*" for all others
  Transport transport = Transport::kMx;
  std::string server;  // host name; empty for kMx
  std::uint16_t port = 25;
  SourcePosition source;
};

struct Alias {
  std::string address;
  std::vector<std::string> targets;
  SourcePosition source;
};

struct Mta {
  std::string host;
  std::string name;                 // what it calls itself in greeting, EHLO and Received
  std::vector<Listener> listeners;  // kSmtp, kSubmission, kLmtp

  // Domains whose recipients end here: an address is good if `recipients` or `aliases` has it, else
  // 550.
  std::vector<std::string> local_domains;
  // Domains for which mail is taken from anybody and passed on by `routes`.
  std::vector<std::string> relay_domains;
  // Known recipients of the local domains, and of the relay domains if `checks_relay_recipients`.
  std::vector<std::string> recipients;
  bool checks_relay_recipients = false;
  // Clients from here may send anywhere without AUTH.
  std::vector<AddressRange> relay_from;

  std::vector<Route> routes;  // the most specific domain wins; without a match kMx
  std::vector<Alias> aliases;
  std::vector<Account> accounts;  // who may AUTH at submission, and send from which addresses
  // Domains of Traffic::groups: their users are good recipients, and may AUTH.
  std::vector<std::string> users_of;

  std::int64_t message_size_max = 0;  // octets (RFC 1870)
  std::int64_t recipients_max = 0;    // of one message (RFC 5321 section 4.5.3.1.8)
  std::int64_t hops_max = 0;  // Received fields before a loop is assumed (RFC 5321 section 6.3)
  std::int64_t connections_max = 0;          // at once to one destination
  std::int64_t deliveries_max = 0;           // at once to all of them
  std::int64_t delivery_recipients_max = 0;  // of one outgoing transaction
  std::int64_t sessions_max = 0;             // incoming, at once on one port
  // Local parts such as 451 and greylist are answered as docs/scenario-format.md says.
  bool magic_addresses = false;
  Duration retry_first{};     // until the second attempt
  Duration retry_max{};       // the doubled waiting time never exceeds this
  Duration queue_lifetime{};  // then the message is returned (RFC 5321 section 4.5.4.1)
  Duration delay_notice{};    // then the sender is told of the delay; 0 is never
  SourcePosition source;
};

struct MailboxAccount {
  std::string user;
  std::string password;
  std::vector<std::string> addresses;  // LMTP recipients that are stored in this account's INBOX
  std::vector<std::string> mailboxes;  // that exist at the start besides INBOX
  std::int64_t quota = 0;              // octets; 0 is unlimited
  SourcePosition source;
};

struct MailboxServer {
  std::string host;
  std::string name;                 // what it calls itself in greetings
  std::vector<Listener> listeners;  // kLmtp, kPop3, kImap
  std::vector<MailboxAccount> accounts;
  std::vector<std::string> users_of;  // domains of Traffic::groups whose users have accounts here
  Duration quota_grace{};  // how long an account may be full before mail for it fails for good
  SourcePosition source;
};

enum class Retrieval : std::uint8_t { kNone, kPop3, kImap };

struct Server {
  std::string name;
  std::uint16_t port = 0;
};

// A mail program on one device of one person.
struct Client {
  std::string host;
  std::string user;          // the person's mail address, which is also the login
  std::string display_name;  // for From; may be empty
  std::string device;        // "laptop", unique for the user
  std::string password;
  Server submission;  // name is empty if the device only reads
  Retrieval retrieval = Retrieval::kNone;
  Server retrieval_server;       // name is empty for kNone
  bool leave_on_server = false;  // POP3
  bool keeps_sent = false;       // IMAP: APPENDs what it sends to `sent_mailbox`
  std::string sent_mailbox = "Sent";
  bool syncs_all = false;  // IMAP: all mailboxes, not only INBOX
  bool idles = false;      // IMAP: stays connected with IDLE after the first check
  Duration check_every{};  // asks for new mail by itself; 0 is only when the story says so
  SourcePosition source;
};

}  // namespace mailcosm::sim::scenario
