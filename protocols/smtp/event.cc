#include "protocols/smtp/event.h"

namespace mailcosm::smtp {

std::string_view to_string(CloseReason reason) {
  switch (reason) {
    case CloseReason::kQuit:
      return "QUIT";
    case CloseReason::kEndOfInput:
      return "connection closed by peer";
    case CloseReason::kTimeout:
      return "timeout";
    case CloseReason::kTooManyErrors:
      return "too many errors";
    case CloseReason::kRefused:
      return "refused";
    case CloseReason::kProtocolError:
      return "protocol error";
  }
  return "";
}

}  // namespace mailcosm::smtp
