// Responses of any kind to each mechanism: the server ends within two turns, and what it verifies
// obeys the limits. The first octet chooses the mechanism; responses are separated by LF.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "protocols/base/ascii.h"
#include "protocols/sasl/limits.h"
#include "protocols/sasl/server.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailcosm;
  if (size == 0) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto& info = sasl::mechanisms()[data[0] % sasl::mechanisms().size()];
  sasl::Server server(info.mechanism);
  std::string challenge;
  auto step = data[0] & 128 ? server.start(ascii::take_until(rest, '\n'), challenge)
                            : server.start(std::nullopt, challenge);
  for (int turn = 0; step == sasl::Server::Step::kChallenge; ++turn) {
    if (turn == 3) std::abort();
    step = server.step(ascii::take_until(rest, '\n'), challenge);
  }
  if (step != sasl::Server::Step::kVerify) return 0;
  const sasl::Credentials& found = server.credentials();
  if (found.login.empty() || found.password.empty()) std::abort();
  for (const std::string* field : {&found.authorization, &found.login, &found.password}) {
    if (field->size() > sasl::kFieldLengthMax || field->find('\0') != std::string::npos)
      std::abort();
  }
  return 0;
}
