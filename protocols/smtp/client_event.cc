#include "protocols/smtp/client_event.h"

namespace mailcosm::smtp {

std::string_view to_string(Stage stage) {
  switch (stage) {
    case Stage::kGreeting:
      return "greeting";
    case Stage::kEhlo:
      return "EHLO";
    case Stage::kHelo:
      return "HELO";
    case Stage::kAuth:
      return "AUTH";
    case Stage::kMail:
      return "MAIL";
    case Stage::kRcpt:
      return "RCPT";
    case Stage::kData:
      return "DATA";
    case Stage::kMessage:
      return "end of DATA";
    case Stage::kRset:
      return "RSET";
    case Stage::kQuit:
      return "QUIT";
  }
  return "";
}

}  // namespace mailcosm::smtp
