// Draft and MessageChoice: what a person tells the mail client.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocols/mail/address.h"

namespace mailcosm::sim {

// A message as it is typed in.
struct Draft {
  std::vector<mail::Address> to, cc, bcc;  // together at least one
  std::string subject;                     // UTF-8
  std::string body;                        // UTF-8, any line ends
  // Further fields, name and body (UTF-8); one that the client would write itself replaces it.
  std::vector<std::pair<std::string, std::string>> fields;
};

// Which messages of a mailbox are meant. All that is given must fit; nothing given means all.
struct MessageChoice {
  std::string mailbox = "INBOX";       // UTF-8; POP3 knows only this one
  std::optional<std::string> subject;  // decoded, exactly
  std::optional<std::string> from;     // address of the author
  bool newest = false;                 // only the last of those that fit
};

}  // namespace mailcosm::sim
