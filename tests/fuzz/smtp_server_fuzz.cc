// A client that says anything: the session must give the same answers however the bytes are cut,
// and end or wait. The first octet chooses the dialect, the second the size of the pieces.
#include <cstdint>
#include <cstdlib>

#include "tests/protocols/smtp/server_harness.h"

namespace {

using namespace mailcosm::smtp;

ServerRun run(const ServerConfig& config, std::string_view said, std::size_t piece) {
  Policy policy;
  policy.rcpt["no@b.c"] = {550, {5, 1, 1}, "No such user"};
  policy.message = {accept(), {452, {4, 2, 2}, "Full"}};
  ServerRunner runner(config, policy);
  runner.pump();
  for (std::size_t at = 0; at < said.size(); at += piece) runner.feed(said.substr(at, piece));
  runner.end();
  if (!runner.run().closed) std::abort();
  return runner.run();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view said(reinterpret_cast<const char*>(data) + 2, size - 2);
  ServerConfig config = data[0] % 3 == 0   ? smtp_config()
                        : data[0] % 3 == 1 ? submission_config()
                                           : lmtp_config();
  config.require_auth = data[0] % 2 == 0 && !config.mechanisms.empty();
  config.leniency = {(data[0] & 8) != 0, (data[0] & 16) != 0};
  config.limits.message_size_max = 200;
  config.limits.text_line_length_max = 60;
  const ServerRun whole = run(config, said, said.size() + 1);
  if (!(run(config, said, 1) == whole) || !(run(config, said, 2 + data[1] % 30u) == whole))
    std::abort();
  return 0;
}
