// A server that says anything: the client must understand the same however the bytes are cut, and
// end or wait.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "protocols/imap/client_session.h"
#include "protocols/imap/value.h"

namespace {

using namespace mailcosm;
using namespace mailcosm::imap;

struct Run {
  explicit Run(unsigned setting) : session(Instant{}) {
    session.log_in(
        "al\xc3\xad", "secret",
        setting % 2 == 0 ? ClientSession::LoginMethod::kLogin : ClientSession::LoginMethod::kSasl);
    session.list("", "*");
    session.status("INBOX", "MESSAGES");
    session.append("Sent", SystemFlag::kSeen, std::nullopt,
                   Content("A: b\r\n\r\nc"));
    session.select("INBOX");
    session.uid_fetch(SequenceSet::range(1, SequenceSet::kLargest), "(FLAGS BODY[])");
    session.uid_copy(SequenceSet::of(1), "Archive");
    session.search("ALL");
    session.idle();
    session.log_out();
  }

  void pull() {
    for (;;) {
      const client::Event event = session.next(said);
      if (std::holds_alternative<client::NeedMore>(event)) return;
      log.append(std::to_string(event.index())).append(" ");
      if (const auto* line = std::get_if<client::LineReceived>(&event)) log.append(line->line);
      if (const auto* literal = std::get_if<client::LiteralReceived>(&event))
        log.append(literal->bytes);
      if (const auto* fetched = std::get_if<client::Fetched>(&event)) note(*fetched);
      log.push_back('\n');
    }
  }
  void note(const client::Fetched& fetched) {
    for (const client::FetchedSection& section : fetched.sections) {
      log.append(section.section).append(section.bytes.value_or("NIL"));
    }
    if (parse_value(fetched.envelope).has_value()) log.append("envelope");
    if (parse_value(fetched.body_structure).has_value()) log.append("structure");
  }

  ClientSession session;
  std::string said;
  std::string log;
};

std::string run(unsigned setting, std::string_view heard, std::size_t piece) {
  Run run(setting);
  for (std::size_t at = 0; at < heard.size(); at += piece) {
    run.session.receive(heard.substr(at, piece), Instant{});
    run.pull();
  }
  run.session.end_of_input(Instant{});
  run.pull();
  if (!run.session.closed()) std::abort();
  return run.said + "\n--\n" + run.log;
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
