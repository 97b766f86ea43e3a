#include "protocols/sasl/client.h"

namespace mailcosm::sasl {

bool Client::has_initial_response() const {
  for (const MechanismInfo& info : mechanisms()) {
    if (info.mechanism == mechanism_) return info.client_first;
  }
  return false;
}

bool Client::respond(std::string_view challenge, std::string& response) {
  const int turn = turns_;
  if (turns_ < 2) ++turns_;
  if (mechanism_ == Mechanism::kPlain) {
    // The only message is the client's; a challenge with text is none of this mechanism.
    if (turn != 0 || !challenge.empty()) return false;
    response += credentials_.authorization;
    response += '\0';
    response += credentials_.login;
    response += '\0';
    response += credentials_.password;
    return true;
  }
  // The prompts of LOGIN differ between servers and are not looked at.
  if (turn > 1) return false;
  response += turn == 0 ? credentials_.login : credentials_.password;
  return true;
}

}  // namespace mailcosm::sasl
