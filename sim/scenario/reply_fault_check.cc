#include "sim/scenario/reply_fault_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "protocols/base/ascii.h"
#include "sim/scenario/suggest.h"

namespace mailcosm::sim::scenario {
namespace {

// One way to speak: SMTP, submission and LMTP share theirs.
struct Dialect {
  std::string_view name;
  std::span<const std::string_view> protocols;
  std::span<const std::string_view> commands;
  std::span<const std::string_view> answerable;
  std::string_view example;
};

constexpr std::string_view kSmtpProtocols[] = {"submission", "smtp", "lmtp"};
constexpr std::string_view kSmtpCommands[] = {"connect", "HELO", "EHLO", "LHLO",    "AUTH",
                                              "MAIL",    "RCPT", "DATA", "message", "RSET",
                                              "NOOP",    "VRFY", "EXPN", "HELP",    "QUIT"};
constexpr std::string_view kSmtpAnswerable[] = {"connect", "HELO", "EHLO",    "LHLO", "AUTH",
                                                "MAIL",    "RCPT", "message", "VRFY", "EXPN"};
constexpr std::string_view kPop3Protocols[] = {"pop3"};
constexpr std::string_view kPop3Commands[] = {"connect", "USER", "PASS", "AUTH", "CAPA",
                                              "STAT",    "LIST", "UIDL", "RETR", "TOP",
                                              "DELE",    "RSET", "NOOP", "QUIT"};
constexpr std::string_view kPop3Answerable[] = {"PASS", "AUTH", "RETR", "TOP", "QUIT"};
constexpr std::string_view kImapProtocols[] = {"imap"};
constexpr std::string_view kImapCommands[] = {
    "connect",   "CAPABILITY", "NOOP",        "LOGOUT",    "AUTHENTICATE", "LOGIN",
    "SELECT",    "EXAMINE",    "CREATE",      "DELETE",    "RENAME",       "SUBSCRIBE",
    "LIST",      "LSUB",       "UNSUBSCRIBE", "STATUS",    "APPEND",       "CHECK",
    "CLOSE",     "UNSELECT",   "EXPUNGE",     "SEARCH",    "FETCH",        "STORE",
    "COPY",      "MOVE",       "IDLE",        "ID",        "ENABLE",       "NAMESPACE",
    "UID FETCH", "UID COPY",   "UID MOVE",    "UID STORE", "UID SEARCH",   "UID EXPUNGE"};
constexpr std::string_view kImapAnswerable[] = {
    "AUTHENTICATE", "LOGIN",       "SELECT",    "EXAMINE",   "CREATE",   "DELETE",
    "RENAME",       "SUBSCRIBE",   "LIST",      "LSUB",      "STATUS",   "UNSUBSCRIBE",
    "APPEND",       "CLOSE",       "EXPUNGE",   "FETCH",     "STORE",    "COPY",
    "MOVE",         "UID EXPUNGE", "UID FETCH", "UID STORE", "UID COPY", "UID MOVE"};

constexpr Dialect kDialects[] = {
    {"SMTP", kSmtpProtocols, kSmtpCommands, kSmtpAnswerable, "451 4.3.0 Try again later"},
    {"POP3", kPop3Protocols, kPop3Commands, kPop3Answerable, "-ERR [SYS/TEMP] Try again later"},
    {"IMAP", kImapProtocols, kImapCommands, kImapAnswerable, "NO [UNAVAILABLE] Try again later"}};

constexpr std::string_view kServiceNames[] = {"smtp", "submission", "lmtp", "pop3", "imap"};

bool has(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// "451 4.3.0 Text" or "451 Text": a code of RFC 5321 section 4.2.1 that refuses, with the same
// class in its enhanced status (RFC 2034 section 4).
bool is_smtp_refusal(std::string_view text) {
  if (text.size() < 3 || (text[0] != '4' && text[0] != '5')) return false;
  if (text[1] < '0' || text[1] > '5' || !ascii::is_digit(text[2])) return false;
  if (text.size() == 3) return true;
  if (text[3] != ' ') return false;
  const std::string_view rest = text.substr(4);
  const bool status =
      rest.size() >= 5 && ascii::is_digit(rest[0]) && rest[1] == '.' && ascii::is_digit(rest[2]);
  return !status || rest[0] == text[0];
}

bool is_answer_of(const Dialect& dialect, std::string_view text) {
  for (char c : text) {
    if (c < 32 || c > 126) return false;
  }
  if (dialect.name == "SMTP") return is_smtp_refusal(text);
  if (dialect.name == "POP3") return text == "-ERR" || text.starts_with("-ERR ");
  return text == "NO" || text.starts_with("NO ");
}

class ReplyFaultCheck {
 public:
  ReplyFaultCheck(const Fields& fields, ReplyFault& fault, Draft& draft)
      : fields_(fields), fault_(fault), draft_(draft) {}

  void run() {
    collect_protocols();
    if (offered_.empty()) return no_server();
    if (!fault_.protocol.empty() && !has(offered_, fault_.protocol)) return other_protocol();
    check_command();
    check_rate();
    check_effect();
    check_answer();
    check_text();
  }

 private:
  void fail(std::string_view key, std::string message, std::string reason,
            std::string suggestion = {}) {
    draft_.reporter.add(fields_.source(key), std::move(message), std::move(reason),
                        std::move(suggestion));
  }

  void collect_protocols() {
    const auto add = [&](const auto& servers) {
      for (const auto& server : servers) {
        if (server.host != fault_.host) continue;
        for (const Listener& listener : server.listeners)
          offered_.push_back(kServiceNames[static_cast<std::size_t>(listener.service)]);
      }
    };
    add(draft_.scenario.mtas);
    add(draft_.scenario.mailbox_servers);
  }

  void no_server() {
    fail("host", fmt::format("replies: {} is no mail server", fault_.host),
         "Only an MTA or a mailbox server gives replies to clients.");
  }

  void other_protocol() {
    fail("protocol", fmt::format("protocol: {} does not offer {}", fault_.host, fault_.protocol),
         "The fault could never strike.", suggestion_for(fault_.protocol, offered_));
  }

  // Whether the host has a session in which the fault may strike, in this way to speak.
  bool possible(const Dialect& dialect) const {
    return std::any_of(dialect.protocols.begin(), dialect.protocols.end(), [&](auto protocol) {
      return has(offered_, protocol) && (fault_.protocol.empty() || fault_.protocol == protocol);
    });
  }

  void check_command() {
    if (fault_.command.empty()) return;
    std::vector<std::string_view> known;
    for (const Dialect& dialect : kDialects) {
      if (!possible(dialect)) continue;
      if (has(dialect.commands, fault_.command)) return;
      known.insert(known.end(), dialect.commands.begin(), dialect.commands.end());
    }
    fail("command", fmt::format("command: {} knows no command '{}'", fault_.host, fault_.command),
         "The fault could never strike.", suggestion_for(fault_.command, known));
  }

  void check_rate() {
    if (fields_.has("over") != fields_.has("per")) {
      fail(fields_.has("over") ? "over" : "per", "replies: 'over' and 'per' go together",
           "A rate is so many in such a time.", "for example 'over: 10' and 'per: 1 min'");
      return;
    }
    if (fault_.over == 0) return;
    if (fault_.per <= Duration{}) {
      fail("per", "per: it must be more than 0 s", "A rate is so many in such a time.");
    }
    if (!fault_.answers.empty() || fault_.drops || fault_.delay != Duration{}) return;
    if (fault_.command.empty()) {
      fault_.command = "connect";
    }
    fault_.answers = fault_.command == "connect" ? "421 4.7.0 Too many connections, try again later"
                                                 : "450 4.7.1 Too many commands, try again later";
  }

  void check_effect() {
    if (fields_.has("over") || fields_.has("per")) return;
    if (!fault_.answers.empty() && fault_.drops) {
      fail("drops", "replies: both 'answers' and 'drops'",
           "Over a connection that is lost nobody hears an answer.", "leave one of them out");
    }
    if (!fault_.answers.empty() || fault_.drops || fault_.delay != Duration{}) return;
    draft_.reporter.add(fields_.source(), "replies: it does not say what happens",
                        "Without an effect nothing would be different.",
                        "for example 'answers: \"451 4.3.0 Try again later\"'");
  }

  void check_answer() {
    if (fault_.answers.empty()) return;
    const Dialect* spoken = nullptr;
    const Dialect* first = nullptr;
    for (const Dialect& dialect : kDialects) {
      if (!possible(dialect)) continue;
      if (first == nullptr) first = &dialect;
      if (is_answer_of(dialect, fault_.answers)) spoken = &dialect;
    }
    if (spoken == nullptr) {
      fail(
          "answers",
          fmt::format("answers: '{}' is no refusal that {} could give", fault_.answers,
                      fault_.host),
          "A server refuses for now (4xx, -ERR, NO) or for good (5xx); what it accepts is accepted "
          "by its own rules.",
          fmt::format("for example \"{}\"", first->example));
      return;
    }
    if (fault_.command.empty()) {
      fail("answers", "answers: it does not say to which command",
           "Each command has its own meaning of a refusal.", "for example 'command: RCPT'");
    } else if (fault_.command == "DATA") {
      fail("command", "command: DATA is not where mail is refused",
           "The server first takes the content (354) and decides at its end.",
           "write 'command: message'");
    } else if (!has(spoken->answerable, fault_.command)) {
      fail("command", fmt::format("command: {} has only its usual reply", fault_.command),
           fmt::format("Other replies of {} can be given to these: {}.", spoken->name,
                       fmt::join(spoken->answerable, ", ")),
           "use 'delay' or 'drops', or another command");
    }
  }

  void check_text() {
    for (const Check& check : fault_.text) {
      if (check.comparison != Comparison::kIs || fault_.command.empty()) continue;
      if (check.text.size() >= fault_.command.size() || fault_.command == "connect") continue;
      draft_.reporter.add(check.source,
                          fmt::format("text: no {} line is just '{}'", fault_.command, check.text),
                          "A plain value is compared with the whole line.",
                          fmt::format("write {{contains: {}}}", check.text));
    }
  }

  const Fields& fields_;
  ReplyFault& fault_;
  Draft& draft_;
  std::vector<std::string_view> offered_;
};

}  // namespace

void check_reply_fault(const Fields& fields, ReplyFault& fault, Draft& draft) {
  ReplyFaultCheck(fields, fault, draft).run();
}

}  // namespace mailcosm::sim::scenario
