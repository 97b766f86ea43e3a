#include "protocols/pop3/client_event.h"

namespace mailcosm::pop3::client {

std::string_view to_string(Closed::Reason reason) {
  switch (reason) {
    case Closed::Reason::kQuit:
      return "quit";
    case Closed::Reason::kQuitFailed:
      return "quit; not all messages were removed";
    case Closed::Reason::kGreetingRefused:
      return "greeting refused";
    case Closed::Reason::kPeerClosed:
      return "closed by the server";
    case Closed::Reason::kTimeout:
      return "no answer in time";
    case Closed::Reason::kProtocolError:
      return "protocol error";
  }
  return "unknown";
}

}  // namespace mailcosm::pop3::client
