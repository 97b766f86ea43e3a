#include "sim/scenario/read_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/dns/type.h"
#include "sim/scenario/limits.h"
#include "sim/scenario/names.h"
#include "sim/scenario/suggest.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::string_view kSystemFlags[] = {"\\Seen", "\\Answered", "\\Flagged", "\\Deleted",
                                             "\\Draft"};
// Made by the client itself (RFC 5322 section 3.6); a second one would not be legal.
constexpr std::string_view kOwnHeaders[] = {"From",    "To",   "Cc",        "Bcc",
                                            "Subject", "Date", "Message-ID"};

class StepReader {
 public:
  StepReader(const Node& node, const People& people, Draft& draft)
      : fields_(node, kStepShape), people_(people), draft_(draft), reporter_(draft.reporter) {}

  void run() {
    step_.at = Instant{} + fields_.duration("at");
    step_.source = fields_.source();
    if (step_.at > draft_.scenario.until) {
      reporter_.add(
          fields_.source("at"), "at: this is after the end of the run",
          fmt::format("The run ends after {}.", format_duration(draft_.scenario.until - Instant{})),
          "set 'until' to a later time");
    }
    const Node& node = fields_.node();
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const Key* key = find_key(kStepShape, node.keys[i].text);
      if (key->name.starts_with('*')) verb(*key, node.keys[i], node.items[i]);
    }
    if (failed_) return;
    draft_.scenario.story.push_back(std::move(step_));
  }

 private:
  void verb(const Key& key, const Node::Key& written, const Node& arguments) {
    const std::string_view actor = starred(key, written.text);
    const std::string_view name = key.name.substr(2);
    const Fields fields(arguments, *key.shape);
    step_.source = written.source;
    if (name == "looks up" && draft_.hosts.contains(ascii::to_lower(actor))) {
      step_.host = ascii::to_lower(actor);
      return looks_up(fields, step_.host);
    }
    step_.user = people_.find(actor, written.source, reporter_);
    if (step_.user.empty()) {
      failed_ = true;
      return;
    }
    if (!choose_device(name, fields)) return;
    const std::string who = people_.name_of(step_.user);
    if (name == "writes") return writes(fields, who);
    if (name == "replies") return replies(fields, who);
    if (name == "checks mail") return checks_mail(who);
    if (name == "reads") return reads(fields, who);
    if (name == "marks") return marks(fields, who);
    if (name == "moves") return moves(fields, who);
    if (name == "deletes") return deletes(fields, who);
    if (name == "looks up") return looks_up(fields, who);
    step_.action = LosesDevice{};
    step_.sentence = fmt::format("{} loses the {}.", who, step_.device);
  }

  static bool can(const Client& client, std::string_view verb) {
    if (verb == "writes") return !client.submission.name.empty();
    if (verb == "replies") {
      return !client.submission.name.empty() && client.retrieval != Retrieval::kNone;
    }
    if (verb == "marks" || verb == "moves") return client.retrieval == Retrieval::kImap;
    if (verb == "looks up" || verb == "loses") return true;
    return client.retrieval != Retrieval::kNone;
  }

  bool choose_device(std::string_view verb, const Fields& fields) {
    const std::string wanted = fields.has("device") ? fields.name("device") : std::string();
    std::vector<std::string_view> devices;
    for (const Client* client : people_.clients_of(step_.user)) {
      devices.push_back(client->device);
      if ((wanted.empty() && can(*client, verb)) || client->device == wanted) {
        if (!can(*client, verb)) return unable(verb, *client, fields.source("device"));
        step_.device = client->device;
        step_.host = client->host;
        client_ = client;
        return true;
      }
    }
    failed_ = true;
    if (!wanted.empty()) {
      reporter_.add(
          fields.source("device"), fmt::format("{} has no device '{}'", step_.user, wanted),
          "Each step happens on one of the person's devices.", suggestion_for(wanted, devices));
    } else {
      reporter_.add(step_.source, fmt::format("{} has no device that could do this", step_.user),
                    verb == "writes" ? "Writing needs a device with a submission server."
                    : verb == "marks" || verb == "moves"
                        ? "Only IMAP knows flags and several mailboxes."
                        : "Reading needs a device with IMAP or POP3.",
                    "give the user a device, for example 'devices: {laptop: imap}'");
    }
    return false;
  }

  bool unable(std::string_view verb, const Client& client, SourcePosition source) {
    failed_ = true;
    const bool imap = verb == "marks" || verb == "moves";
    reporter_.add(
        source, fmt::format("the device '{}' cannot do this", client.device),
        imap ? "Only IMAP knows flags and several mailboxes." : "It has no server for this.",
        imap ? "name a device with IMAP" : "");
    return false;
  }

  void writes(const Fields& fields, const std::string& who) {
    Writes action;
    action.to = fields.addresses("to");
    action.cc = fields.addresses("cc");
    action.bcc = fields.addresses("bcc");
    action.subject = fields.text("subject");
    action.body = fields.text("body");
    action.individually = fields.flag("individually");
    const std::size_t recipients = action.to.size() + action.cc.size() + action.bcc.size();
    if (recipients == 0) {
      fail(fields.source(), "writes: there is no recipient", "A message goes to somebody.",
           "for example 'to: bob@blue.com'");
    } else if (recipients > kMessageChoicesMax) {
      fail(fields.source(),
           fmt::format("writes: {} recipients; at most {} are allowed", recipients,
                       kMessageChoicesMax),
           "No server takes so many in one message.");
    }
    for (const Fields::Entry& entry : fields.map("headers")) header(entry, action);
    if (action.subject.find('\n') != std::string::npos) {
      fail(fields.source("subject"), "subject: a line end inside",
           "A header field is one line; the client folds it.");
    }
    step_.sentence =
        fmt::format("{} writes to {} on the {}: {}", who,
                    fmt::join(action.to.empty() ? action.cc : action.to, ", "), step_.device,
                    action.subject.empty() ? "(no subject)" : action.subject);
    step_.action = std::move(action);
  }

  void header(const Fields::Entry& entry, Writes& action) {
    const std::string& name = entry.key->text;
    const bool good = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return c > 32 && c < 127 && c != ':';
    });
    if (!good) {
      return fail(entry.key->source,
                  fmt::format("headers: '{}' is no name of a header field", name),
                  "RFC 5322 section 2.2: printable ASCII without space and colon.");
    }
    for (std::string_view own : kOwnHeaders) {
      if (!ascii::equal_ignoring_case(own, name)) continue;
      return fail(entry.key->source,
                  fmt::format("headers: the client itself writes the field {}", own),
                  "There must be only one (RFC 5322 section 3.6).");
    }
    if (entry.value->text.find('\n') != std::string::npos) {
      return fail(entry.value->source, "headers: a line end inside",
                  "A header field is one line; the client folds it.");
    }
    action.headers.push_back({name, entry.value->text, entry.key->source});
  }

  void replies(const Fields& fields, const std::string& who) {
    Replies action{choice(fields), fields.text("body")};
    action.messages.newest = true;
    step_.sentence =
        fmt::format("{} replies on the {} to {}.", who, step_.device, name_of(action.messages));
    step_.action = std::move(action);
  }

  void reads(const Fields& fields, const std::string& who) {
    Reads action{choice(fields)};
    const MessageChoice& meant = action.messages;
    const std::string what = meant.subject && !meant.from && !meant.newest
                                 ? fmt::format("\"{}\" in {}", *meant.subject, meant.mailbox)
                                 : name_of(meant);
    step_.sentence = fmt::format("{} reads {} on the {}.", who, what, step_.device);
    step_.action = std::move(action);
  }

  void checks_mail(const std::string& who) {
    step_.action = ChecksMail{};
    step_.sentence = fmt::format("{} checks mail on the {} with {}.", who, step_.device,
                                 client_->retrieval == Retrieval::kImap ? "IMAP" : "POP3");
  }

  MessageChoice choice(const Fields& fields) {
    const Fields choice = fields.object("messages");
    MessageChoice result;
    result.mailbox = choice.text("mailbox");
    if (choice.has("subject")) result.subject = choice.text("subject");
    if (choice.has("from")) result.from = choice.address("from");
    result.newest = choice.flag("newest");
    if (client_->retrieval == Retrieval::kPop3 && result.mailbox != "INBOX") {
      fail(choice.source("mailbox"), "mailbox: POP3 knows only INBOX",
           "Several mailboxes need IMAP.");
    }
    return result;
  }

  static std::string name_of(const MessageChoice& choice) {
    std::string text = choice.newest ? "the newest message" : "all messages";
    if (choice.subject && !choice.newest) text = "the messages";
    if (choice.subject) text += fmt::format(" \"{}\"", *choice.subject);
    if (choice.from) text += " from " + *choice.from;
    return text + " in " + choice.mailbox;
  }

  void marks(const Fields& fields, const std::string& who) {
    Marks action{choice(fields), fields.texts("add"), fields.texts("remove")};
    if (action.add.empty() && action.remove.empty()) {
      fail(fields.source(), "marks: no flag to add or to remove", "",
           "for example 'add: \\Flagged'");
    }
    for (const char* key : {"add", "remove"}) {
      for (const Node* flag : fields.list(key)) check_flag(*flag);
    }
    step_.sentence =
        fmt::format("{} marks {} on the {}:", who, name_of(action.messages), step_.device);
    for (const std::string& flag : action.add) step_.sentence += " +" + flag;
    for (const std::string& flag : action.remove) step_.sentence += " -" + flag;
    step_.action = std::move(action);
  }

  // flag = system flag or keyword, an atom (RFC 3501 section 9).
  void check_flag(const Node& node) {
    const std::string_view flag = node.text;
    if (flag.starts_with('\\')) {
      for (std::string_view known : kSystemFlags) {
        if (ascii::equal_ignoring_case(flag, known)) return;
      }
      return fail(node.source, fmt::format("'{}' is no flag", flag),
                  "Flags with a backslash are those of RFC 3501.",
                  suggestion_for(flag, kSystemFlags));
    }
    const bool atom = !flag.empty() && std::all_of(flag.begin(), flag.end(), [](char c) {
      return c > 32 && c < 127 && std::string_view("(){%*\"\\]").find(c) == std::string_view::npos;
    });
    if (!atom)
      fail(node.source, fmt::format("'{}' is no flag", flag),
           "A keyword is one word of plain ASCII (RFC 3501).");
  }

  void moves(const Fields& fields, const std::string& who) {
    Moves action{choice(fields), fields.text("to")};
    step_.sentence = fmt::format("{} moves {} to {} on the {}.", who, name_of(action.messages),
                                 action.to, step_.device);
    step_.action = std::move(action);
  }

  void deletes(const Fields& fields, const std::string& who) {
    Deletes action{choice(fields)};
    step_.sentence =
        fmt::format("{} deletes {} on the {}.", who, name_of(action.messages), step_.device);
    step_.action = std::move(action);
  }

  void looks_up(const Fields& fields, const std::string& who) {
    LooksUp action{fields.name("name"), ascii::to_upper(fields.text("type"))};
    const auto type = dns::type_of(action.type);
    if (!type || dns::is_meta(*type)) {
      fail(fields.source("type"), fmt::format("type: '{}' is no record type", action.type),
           "One of A, AAAA, CNAME, MX, NS, PTR, SOA, SRV, TXT and others.");
    }
    step_.sentence = fmt::format("{} looks up {} {}.", who, action.name, action.type);
    step_.action = std::move(action);
  }

  void fail(SourcePosition source, std::string message, std::string reason,
            std::string suggestion = {}) {
    failed_ = true;
    reporter_.add(source, std::move(message), std::move(reason), std::move(suggestion));
  }

  Fields fields_;
  const People& people_;
  Draft& draft_;
  Reporter& reporter_;
  Step step_;
  const Client* client_ = nullptr;
  bool failed_ = false;
};

// Equal times keep the order of the text.
void sort_by_time(std::vector<Step>& story) {
  std::vector<std::pair<Instant, std::size_t>> order;
  for (std::size_t i = 0; i < story.size(); ++i) order.emplace_back(story[i].at, i);
  std::sort(order.begin(), order.end());
  std::vector<Step> sorted;
  sorted.reserve(story.size());
  for (const auto& [time, place] : order) sorted.push_back(std::move(story[place]));
  story = std::move(sorted);
}

}  // namespace

void read_story(const Fields& scenario, const People& people, Draft& draft) {
  for (const Node* node : scenario.list("story")) StepReader(*node, people, draft).run();
  sort_by_time(draft.scenario.story);
}

}  // namespace mailcosm::sim::scenario
