// A client that says anything: the server must answer the same however the bytes are cut, and end
// or wait.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tests/protocols/imap/memory_account.h"

namespace {

using namespace mailcosm;
using namespace mailcosm::imap;
using namespace mailcosm::imap::testing;

constexpr const char* kMessages[] = {
    "Subject: a\r\nFrom: A <a@b.org>\r\nDate: Mon, 5 Jan 2026 09:00:00 +0000\r\n\r\nbody\r\n",
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: "
    "message/rfc822\r\n\r\nA: b\r\n\r\nc\r\n--b--\r\n"};

// The first octet says how far the session is before the input comes.
std::string run(unsigned setting, std::string_view said, std::size_t piece) {
  MemoryAccount account;
  MemoryMailbox& inbox = *account.find("INBOX");
  for (const char* message : kMessages) account.append(inbox, message);
  account.make("Archive");
  ServerConfig config;
  config.limits.output_pause = 100;
  config.limits.append_size_max = 1'000;
  MemorySession session(account, config);
  std::string heard = session.take_output();
  if (setting % 4 > 0) heard += session.feed("l LOGIN alice secret\r\n");
  if (setting % 4 > 1) heard += session.feed("s SELECT INBOX\r\n");
  if (setting % 4 > 2) account.expunge(inbox, 1);
  for (std::size_t at = 0; at < said.size() && !session.closed; at += piece)
    heard += session.feed(said.substr(at, piece));
  session.engine.end_of_input(Instant{});
  heard += session.take_output();
  if (!session.closed) std::abort();
  return heard + "\n--\n" + session.received + "\n--\n" + std::to_string(inbox.messages.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view said(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = run(data[0], said, said.size() + 1);
  if (run(data[0], said, 1) != whole) std::abort();
  if (run(data[0], said, data[0] / 4u + 2) != whole) std::abort();
  return 0;
}
