#include "sim/scenario/read_expectations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "sim/scenario/expectation_text.h"
#include "sim/scenario/names.h"
#include "sim/scenario/suggest.h"
#include "sim/scenario/topic_reader.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

// The topics that each property says something about.
struct Scope {
  std::string_view property;
  std::string_view topics;  // initials: Box, Message, Received, Queue, bouNce, looKup, Line, Event,
                            // Copy, Delay
};
constexpr Scope kScopes[] = {{"count", "BMRQNKLECD"},
                             {"unseen", "B"},
                             {"size", "BMRC"},
                             {"subject", "MRC"},
                             {"from", "MRC"},
                             {"to", "MRC"},
                             {"message_id", "MRC"},
                             {"body", "MRC"},
                             {"content", "MRC"},
                             {"as_written", "MRC"},
                             {"header *", "MRC"},
                             {"count of header *", "MRC"},
                             {"flags", "MC"},
                             {"uid", "M"},
                             {"recipient", "N"},
                             {"action", "N"},
                             {"result", "K"},
                             {"answers", "K"},
                             {"ttl", "K"},
                             {"mean", "D"},
                             {"p50", "D"},
                             {"p90", "D"},
                             {"p95", "D"},
                             {"p99", "D"},
                             {"max", "D"},
                             {"delivered", "D"},
                             {"text", "L"},
                             {"fields", "E"},
                             {"time", "RNKLE"}};
constexpr std::array<char, 10> kInitials = {'B', 'M', 'R', 'Q', 'N', 'K', 'L', 'E', 'C', 'D'};
constexpr std::array<std::string_view, 10> kTopicNames = {"mailbox", "message", "received", "queue",
                                                          "bounce",  "lookup",  "line",     "event",
                                                          "copy",    "delay"};

bool says_something(std::string_view property, Topic topic) {
  for (const Scope& scope : kScopes) {
    if (scope.property == property) {
      return scope.topics.find(kInitials[static_cast<std::size_t>(topic)]) !=
             std::string_view::npos;
    }
  }
  return false;
}

// Domains in which somebody has a mailbox.
std::set<std::string_view> mail_domains(const Scenario& scenario) {
  std::set<std::string_view> domains;
  for (const MailboxServer& server : scenario.mailbox_servers) {
    domains.insert(server.users_of.begin(), server.users_of.end());
    for (const MailboxAccount& account : server.accounts) {
      for (const std::string& address : account.addresses) domains.insert(domain_of(address));
    }
  }
  return domains;
}

class ExpectationReader {
 public:
  ExpectationReader(const Node& node, const People& people, Draft& draft)
      : fields_(node, kExpectationShape),
        people_(people),
        draft_(draft),
        reporter_(draft.reporter) {}

  void run() {
    result_.source = fields_.source();
    for (std::size_t i = 0; i < kTopicNames.size(); ++i) {
      if (!fields_.has(kTopicNames[i])) continue;
      result_.topic = static_cast<Topic>(i);
      const Shape& shape = *find_key(kExpectationShape, kTopicNames[i])->shape;
      const Fields topic(*fields_.find(kTopicNames[i]), shape);
      read_topic(topic, shape, people_, draft_, result_.where);
      check_device(topic, shape);
      check_domains(topic, shape);
    }
    if (const Node* has = fields_.find("has")) properties(*has);
    result_.never = fields_.flag("never");
    times();
    result_.sentence = fields_.has("says") ? fields_.text("says") : sentence_of(result_);
    draft_.scenario.expectations.push_back(std::move(result_));
  }

 private:
  void check_device(const Fields& fields, const Shape& shape) {
    if ((&shape != &kReceivedTopicShape && &shape != &kCopyTopicShape) || !fields.has("device") ||
        result_.where.empty())
      return;
    const std::string device = fields.name("device");
    std::vector<std::string_view> known;
    for (const Client* client : people_.clients_of(result_.where[0].text)) {
      if (client->device == device) return;
      known.push_back(client->device);
    }
    if (result_.where[0].text.empty()) return;
    reporter_.add(fields.source("device"),
                  fmt::format("{} has no device '{}'", result_.where[0].text, device),
                  "Nothing could ever be fetched by it.", suggestion_for(device, known));
  }

  void check_domains(const Fields& fields, const Shape& shape) {
    if (&shape != &kDelayTopicShape) return;
    for (const char* key : {"to", "from"}) {
      if (!fields.has(key)) continue;
      const std::string domain = fields.name(key);
      const std::set<std::string_view> known = mail_domains(draft_.scenario);
      if (known.contains(domain)) continue;
      reporter_.add(fields.source(key), fmt::format("nobody has a mailbox in '{}'", domain),
                    "No mail could ever count.",
                    suggestion_for(domain, std::vector(known.begin(), known.end())));
    }
  }

  void properties(const Node& has) {
    for (std::size_t i = 0; i < has.keys.size(); ++i) {
      const std::string& name = has.keys[i].text;
      if (name == "x-ignore") continue;
      const Key& key = *find_key(kPropertiesShape, name);
      if (!says_something(key.name, result_.topic)) {
        reporter_.add(has.keys[i].source,
                      fmt::format("'{}' says nothing about a {}", name,
                                  kTopicNames[static_cast<std::size_t>(result_.topic)]),
                      fmt::format("{}", key.about));
        continue;
      }
      if (key.name == "fields") {
        read_field_checks(has.items[i], result_.checks);
        continue;
      }
      Check check;
      check.property = key.name == "header *"            ? "header"
                       : key.name == "count of header *" ? "header_count"
                                                         : std::string(key.name);
      if (key.name.ends_with('*')) check.header = std::string(starred(key, name));
      read_checks(has.items[i], key.type, std::move(check), result_.checks);
    }
  }

  void times() {
    const Instant until = draft_.scenario.until;
    for (const char* key : {"within", "after"}) {
      if (!fields_.has(key)) continue;
      const Instant instant = Instant{} + fields_.duration(key);
      (key[0] == 'w' ? result_.within : result_.after) = instant;
      if (instant <= until) continue;
      reporter_.add(fields_.source(key), fmt::format("{}: this is after the end of the run", key),
                    fmt::format("The run ends after {}.", format_duration(until - Instant{})));
    }
    if (result_.within && result_.after && *result_.after > *result_.within) {
      reporter_.add(fields_.source("within"), "within: this is before 'after'",
                    "No time lies between the two.");
    }
    if (result_.never && result_.topic == Topic::kDelay) {
      reporter_.add(fields_.source("never"), "never: it does not go with 'delay'",
                    "Its numbers are those of the whole run.",
                    "say what must hold, for example 'has: {max: {at_most: 1 min}}'");
      return;
    }
    const bool has_count =
        std::any_of(result_.checks.begin(), result_.checks.end(),
                    [](const Check& check) { return check.property == "count"; });
    if (result_.never && has_count && result_.topic != Topic::kMailbox &&
        result_.topic != Topic::kQueue) {
      reporter_.add(fields_.source("never"), "never: it does not go with 'count'",
                    "'never' means that there is none at all.", "leave one of them out");
    }
    const bool state = result_.topic == Topic::kMailbox || result_.topic == Topic::kQueue ||
                       result_.topic == Topic::kDelay;
    const Node* has = fields_.find("has");
    const bool says_nothing =
        has == nullptr || std::all_of(has->keys.begin(), has->keys.end(),
                                      [](const auto& key) { return key.text == "x-ignore"; });
    if (state && says_nothing) {
      reporter_.add(
          fields_.source(), "expectation: it does not say what must hold",
          result_.topic == Topic::kDelay
              ? "Without 'has' this could never fail."
              : "A mailbox or queue is always there, so without 'has' this could never fail.",
          result_.topic == Topic::kDelay ? "for example 'has: {p90: {at_most: 5 s}}'"
                                         : "for example 'has: {count: 1}'");
    }
  }

  Fields fields_;
  const People& people_;
  Draft& draft_;
  Reporter& reporter_;
  Expectation result_;
};

}  // namespace

void read_expectations(const Fields& scenario, const People& people, Draft& draft) {
  for (const Node* node : scenario.list("expect")) ExpectationReader(*node, people, draft).run();
}

}  // namespace mailcosm::sim::scenario
