// A server that says anything: the client must understand the same however the bytes are cut, and
// end or wait. The first octet chooses the dialect and the envelopes, the second the size of the
// pieces.
#include <cstdint>
#include <cstdlib>

#include "tests/protocols/smtp/client_harness.h"

namespace {

using namespace mailcosm::smtp;

ClientRun run(const ClientConfig& config, std::string_view heard, std::size_t piece) {
  const std::vector<Mail> mails = {{.recipients = {"a@b.c", "d@e.f", "g@h.i"}, .size = 500},
                                   {.eight_bit = true},
                                   {.reverse_path = "", .message = ""}};
  ClientRunner runner(config, mails);
  runner.pump();
  for (std::size_t at = 0; at < heard.size(); at += piece) runner.feed(heard.substr(at, piece));
  runner.end();
  if (runner.run().events.empty() || !runner.run().events.back().starts_with("closed"))
    std::abort();
  return runner.run();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view heard(reinterpret_cast<const char*>(data) + 2, size - 2);
  ClientConfig config = client_config(static_cast<Service>(data[0] % 3));
  if (data[0] & 4) config.credentials = mailcosm::sasl::Credentials{"", "tim", "secret"};
  config.pipelining = (data[0] & 8) == 0;
  config.limits.reply_lines_max = 8;
  config.limits.reply_line_length_max = 80;
  const ClientRun whole = run(config, heard, heard.size() + 1);
  if (!(run(config, heard, 1) == whole) || !(run(config, heard, 2 + data[1] % 30u) == whole))
    std::abort();
  return 0;
}
