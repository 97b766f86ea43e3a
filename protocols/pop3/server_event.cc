#include "protocols/pop3/server_event.h"

namespace mailcosm::pop3::server {

std::string_view to_string(Closed::Reason reason) {
  switch (reason) {
    case Closed::Reason::kQuit:
      return "quit";
    case Closed::Reason::kAutologout:
      return "autologout";
    case Closed::Reason::kPeerClosed:
      return "closed by the client without QUIT";
    case Closed::Reason::kTooManyErrors:
      return "too many errors";
    case Closed::Reason::kInputLimit:
      return "too much input waiting";
  }
  return "unknown";
}

}  // namespace mailcosm::pop3::server
