// compose: from a draft to the message that is submitted.
#pragma once

#include <cstdint>
#include <string>

#include "protocols/mail/message.h"
#include "sim/agents/client/draft.h"
#include "sim/agents/client/mail_client_config.h"

namespace mailcosm::sim {

struct Composed {
  Content content;
  std::string message_id;               // with angle brackets
  std::vector<std::string> recipients;  // of To, Cc and Bcc, each once, without brackets
};

// Date, From, To, Cc, Message-ID and Subject, further fields, and the text as MIME text/plain. Bcc
// recipients appear only in the result (RFC 5322 section 3.6.3).
Composed compose(const Draft& draft, const MailClientConfig& config, WallTime wall_time,
                 std::uint64_t random, ContentPool& contents);

}  // namespace mailcosm::sim
