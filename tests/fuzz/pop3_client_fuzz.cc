// A server that says anything: the client must understand the same however the bytes are cut, and
// end or wait.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "protocols/pop3/client_session.h"

namespace {

using namespace mailcosm;
using namespace mailcosm::pop3;

struct Run {
  explicit Run(unsigned method) : session(Instant{}) {
    const auto login =
        method % 2 == 0 ? ClientSession::LoginMethod::kUserPass : ClientSession::LoginMethod::kSasl;
    ok = session.capa({}) && session.stat({}) && session.list(0, {}) && session.uidl(0, {}) &&
         session.retr(1, {}) && session.top(2, 3, {}) && session.list(1, {}) &&
         session.dele(1, {}) && session.log_in("bob", "secret", login, {}) && session.quit({});
  }

  void hear(std::string_view bytes) {
    session.receive(bytes, {});
    pull();
  }
  void pull() {
    for (;;) {
      const client::Event event = session.next(said);
      if (std::holds_alternative<client::NeedMore>(event)) return;
      // Chunks of content may be cut differently; everything else must be the same in number and
      // order.
      if (const auto* content = std::get_if<client::ContentReceived>(&event)) {
        contents.append(content->bytes);
      } else if (const auto* line = std::get_if<client::LineReceived>(&event)) {
        log.append(line->line).append("\n");
      } else {
        log.append("event ").append(std::to_string(event.index())).append("\n");
      }
    }
  }
  std::string all() {
    session.end_of_input({});
    pull();
    return said + "\n--\n" + contents + "\n--\n" + log;
  }

  ClientSession session;
  bool ok;
  std::string said;
  std::string contents;
  std::string log;
};

std::string run(unsigned method, std::string_view heard, std::size_t piece) {
  Run run(method);
  if (!run.ok) std::abort();
  for (std::size_t at = 0; at < heard.size(); at += piece) run.hear(heard.substr(at, piece));
  return run.all();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view heard(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = run(data[0], heard, heard.size() + 1);
  if (run(data[0], heard, 1) != whole) std::abort();
  if (run(data[0], heard, data[0] / 2u + 2) != whole) std::abort();
  return 0;
}
