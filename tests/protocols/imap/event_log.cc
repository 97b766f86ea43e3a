#include "tests/protocols/imap/event_log.h"

#include <variant>

namespace mailcosm::imap::testing {
namespace {

using namespace client;

struct Writer {
  std::string& log;

  void coded(ResponseCode code) {
    if (code != ResponseCode::kNone) log.append(" [").append(to_string(code)).append("]");
  }
  template <typename Number>
  void number(const char* name, const std::optional<Number>& value) {
    if (value) log.append(" ").append(name).append("=").append(std::to_string(*value));
  }

  void operator()(const NeedMore&) {}
  void operator()(const LineReceived&) {}
  void operator()(const LiteralReceived&) {}
  void operator()(const Greeted& e) {
    log.append("greeted ").append(to_string(e.condition)).append(" ").append(e.text);
  }
  void operator()(const CapabilitiesReceived& e) {
    log.append("capabilities ").append(e.capabilities);
  }
  void operator()(const Exists& e) { log.append("exists ").append(std::to_string(e.messages)); }
  void operator()(const Recent& e) { log.append("recent ").append(std::to_string(e.messages)); }
  void operator()(const Expunged& e) { log.append("expunged ").append(std::to_string(e.number)); }
  void operator()(const Fetched& e) {
    log.append("fetched ").append(std::to_string(e.number));
    number("uid", e.uid);
    if (e.flags != nullptr) log.append(" flags=(").append(e.flags->to_string()).append(")");
    if (e.internal_date) log.append(" date=").append(std::to_string(e.internal_date->seconds()));
    number("size", e.size);
    for (const FetchedSection& section : e.sections) {
      log.append(" [").append(section.section).append("]");
      if (section.origin) log.append("<").append(std::to_string(*section.origin)).append(">");
      log.append("=");
      section.bytes ? log.append("{").append(*section.bytes).append("}") : log.append("NIL");
    }
    if (!e.envelope.empty()) log.append(" envelope=").append(e.envelope);
    if (!e.body_structure.empty()) log.append(" structure=").append(e.body_structure);
  }
  void operator()(const MailboxListed& e) {
    log.append(e.subscribed ? "subscribed " : "listed ").append(e.name).append(" ");
    e.delimiter == 0 ? log.append("\\0") : log.append(1, e.delimiter);
    log.append(e.selectable ? "" : " noselect").append(" (").append(e.attributes).append(")");
  }
  void operator()(const StatusReceived& e) {
    log.append("status ").append(e.name);
    number("messages", e.messages);
    number("recent", e.recent);
    number("uidnext", e.uid_next);
    number("uidvalidity", e.uid_validity);
    number("unseen", e.unseen);
  }
  void operator()(const SearchReceived& e) {
    log.append("search");
    for (std::uint32_t found : e.numbers) log.append(" ").append(std::to_string(found));
  }
  void operator()(const Selected& e) {
    log.append("selected ").append(e.name).append(e.read_only ? " read-only" : "");
    for (std::uint32_t n : {e.messages, e.recent, e.uid_validity, e.uid_next, e.first_unseen}) {
      log.append(" ").append(std::to_string(n));
    }
  }
  void operator()(const IdleStarted&) { log.append("idle started"); }
  void operator()(const Moved& e) {
    log.append("moved ").append(std::to_string(e.uid_validity));
    log.append(" ").append(e.source_uids).append(" ").append(e.target_uids);
  }
  void operator()(const Notice& e) {
    log.append("notice ").append(to_string(e.condition));
    coded(e.code);
    log.append(" ").append(e.text);
  }
  void operator()(const Completed& e) {
    log.append("completed ")
        .append(std::to_string(e.request))
        .append(" ")
        .append(to_string(e.command))
        .append(" ");
    log.append(to_string(e.condition));
    coded(e.code);
    if (e.uid_validity != 0) log.append(" ").append(std::to_string(e.uid_validity));
    if (!e.source_uids.empty()) log.append(" ").append(e.source_uids);
    if (!e.target_uids.empty()) log.append(" ").append(e.target_uids);
    log.append(" ").append(e.text);
  }
  void operator()(const Closed& e) { log.append("closed ").append(to_string(e.reason)); }
};

}  // namespace

std::string pull_events(ClientSession& client) {
  std::string log;
  for (;;) {
    std::string output;
    const Event event = client.next(output);
    for (std::size_t end = output.find("\r\n"); end != std::string::npos;
         end = output.find("\r\n")) {
      log.append(">").append(output, 0, end).append("\n");
      output.erase(0, end + 2);
    }
    if (!output.empty()) log.append(">").append(output);
    if (std::holds_alternative<NeedMore>(event)) return log;
    const std::size_t before = log.size();
    std::visit(Writer{log}, event);
    if (log.size() != before) log.push_back('\n');
  }
}

}  // namespace mailcosm::imap::testing
