// Interferer: what may come between a mail server and the commands of its clients. Faults and magic
// addresses are interferers; without one a server is undisturbed.
#pragma once

#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"

namespace mailcosm::sim {

// One command before it is handled. Views live as long as the call.
struct Command {
  std::string_view protocol;  // submission, smtp, lmtp, pop3, imap
  // The verb in capitals ("RCPT", "UID FETCH"), or "connect" before the greeting, or "message" when
  // the whole content has come.
  std::string_view verb;
  std::string_view line;  // without CRLF; empty for the two moments
  IpAddress client;
};

struct Interference {
  Duration delay{};    // before anything else
  bool drops = false;  // the connection is reset, the command never handled
  std::string answer;  // instead of the server's own reply, as on the wire; empty for none
};

class Interferer {
 public:
  // Asked once for each command. If it interferes it has emitted a record of that, which is the
  // current cause afterwards.
  virtual Interference on_command(const Command& command) = 0;

 protected:
  ~Interferer() = default;
};

}  // namespace mailcosm::sim
