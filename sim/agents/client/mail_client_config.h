// MailClientConfig: what a mail program on one device of one person is set up with.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "protocols/mail/address.h"

namespace mailcosm::sim {

enum class RetrievalProtocol : std::uint8_t { kNone, kPop3, kImap };

struct MailClientConfig {
  mail::Address address;     // of the person: From and the reverse-path
  std::string display_name;  // UTF-8, for From; may be empty
  std::string login;         // at both servers
  std::string password;
  std::string device;  // "laptop"; names the local store, unique on the host

  std::string submission_server;  // host name or address; empty: the device only reads
  std::uint16_t submission_port = 587;

  RetrievalProtocol retrieval = RetrievalProtocol::kNone;
  std::string retrieval_server;      // host name or address
  std::uint16_t retrieval_port = 0;  // 0: 110 or 143
  bool leave_on_server = false;      // POP3: what is downloaded is not deleted there
  bool keeps_sent = false;           // IMAP: what is submitted is appended to `sent_mailbox`
  std::string sent_mailbox = "Sent";
  bool syncs_all = false;  // IMAP: a check is for all mailboxes, not only INBOX
  bool idles =
      false;  // IMAP: stays connected after the first check and waits for new mail (RFC 2177)
  Duration check_every{};  // looks for new mail by itself; 0: only when told

  std::vector<IpAddress> resolvers;  // of the host, in order
  // How long one address of a server may take to accept the connection.
  Duration connect_timeout = std::chrono::seconds(60);
  // A submission or a change that did not come through is tried again after retry_first, then after
  // twice that, up to retry_max.
  Duration retry_first = std::chrono::minutes(1);
  Duration retry_max = std::chrono::minutes(30);
};

}  // namespace mailcosm::sim
