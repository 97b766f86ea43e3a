// Envelope: the header fields in the form that IMAP's ENVELOPE shows (RFC 3501 section 7.4.2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocols/mail/header.h"

namespace mailcosm::mail {

// One element of an address list; nothing stands for NIL. A group starts with one that has only a
// mailbox (its name), and ends with one that has nothing.
struct EnvelopeAddress {
  std::optional<std::string> name;  // encoded words as they are
  std::optional<std::string> adl;   // source route
  std::optional<std::string> mailbox;
  std::optional<std::string> host;
};

struct Envelope {
  std::optional<std::string> date;     // unfolded, as written
  std::optional<std::string> subject;  // unfolded, encoded words as they are
  std::vector<EnvelopeAddress> from;
  std::vector<EnvelopeAddress> sender;    // that of from if there is none
  std::vector<EnvelopeAddress> reply_to;  // that of from if there is none
  std::vector<EnvelopeAddress> to;
  std::vector<EnvelopeAddress> cc;
  std::vector<EnvelopeAddress> bcc;
  std::optional<std::string> in_reply_to;
  std::optional<std::string> message_id;
};

Envelope make_envelope(const Header& header);

}  // namespace mailcosm::mail
