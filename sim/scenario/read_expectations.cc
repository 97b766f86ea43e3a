#include "sim/scenario/read_expectations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "protocols/base/ascii.h"
#include "sim/scenario/expectation_text.h"
#include "sim/scenario/suggest.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

// The topics that each property says something about.
struct Scope {
  std::string_view property;
  std::string_view topics;  // initials: Box, Message, Received, Queue, bouNce, looKup, Line, Event
};
constexpr Scope kScopes[] = {
    {"count", "BMRQNKLE"}, {"unseen", "B"},      {"size", "BMR"},      {"subject", "MR"},
    {"from", "MR"},        {"to", "MR"},         {"message_id", "MR"}, {"body", "MR"},
    {"content", "MR"},     {"as_written", "MR"}, {"header *", "MR"},   {"count of header *", "MR"},
    {"flags", "M"},        {"uid", "M"},         {"recipient", "N"},   {"action", "N"},
    {"result", "K"},       {"answers", "K"},     {"ttl", "K"},         {"text", "L"},
    {"fields", "E"},       {"time", "RNKLE"}};
constexpr std::array<char, 8> kInitials = {'B', 'M', 'R', 'Q', 'N', 'K', 'L', 'E'};
constexpr std::array<std::string_view, 8> kTopicNames = {"mailbox", "message", "received", "queue",
                                                         "bounce",  "lookup",  "line",     "event"};

bool says_something(std::string_view property, Topic topic) {
  for (const Scope& scope : kScopes) {
    if (scope.property == property) {
      return scope.topics.find(kInitials[static_cast<std::size_t>(topic)]) !=
             std::string_view::npos;
    }
  }
  return false;
}

Comparison comparison_of(std::string_view word) {
  constexpr std::string_view kWords[] = {"is",          "is_not",    "contains", "contains_not",
                                         "starts_with", "ends_with", "matches",  "at_least",
                                         "at_most",     "more_than", "less_than"};
  const auto* found = std::find(std::begin(kWords), std::end(kWords), word);
  return static_cast<Comparison>(found - std::begin(kWords));
}

void set_value(const Node& node, Type type, Check& check) {
  check.text = node.text;
  switch (type) {
    case Type::kInteger:
      check.quantity = Quantity::kNumber;
      check.number = parse_integer(node.text).value();
      break;
    case Type::kSize:
      check.quantity = Quantity::kNumber;
      check.number = parse_size(node.text).value();
      break;
    case Type::kDuration:
      check.quantity = check.property == "time" ? Quantity::kInstant : Quantity::kDuration;
      check.number = parse_duration(node.text).value().count();
      break;
    case Type::kFlag:
      check.quantity = Quantity::kNumber;
      check.number = node.text == "true" ? 1 : 0;
      break;
    case Type::kScalar:
      if (const auto number = parse_integer(node.text); number && !node.quoted) {
        check.quantity = Quantity::kNumber;
        check.number = *number;
      }
      break;
    default:
      break;
  }
}

// One check for each comparison and each element.
void read_checks(const Node& node, Type type, Check check, std::vector<Check>& checks) {
  check.source = node.source;
  if (node.is_scalar()) {
    set_value(node, type, check);
    checks.push_back(std::move(check));
    return;
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    check.comparison = comparison_of(node.keys[i].text);
    for (const Node* element : elements(node.items[i])) {
      Check one = check;
      one.source = element->source;
      set_value(*element, type, one);
      checks.push_back(std::move(one));
    }
  }
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
      topic(Fields(*fields_.find(kTopicNames[i]), shape), shape);
    }
    if (const Node* has = fields_.find("has")) properties(*has);
    result_.never = fields_.flag("never");
    times();
    result_.sentence = fields_.has("says") ? fields_.text("says") : sentence_of(result_);
    draft_.scenario.expectations.push_back(std::move(result_));
  }

 private:
  void topic(const Fields& fields, const Shape& shape) {
    for (const Key& key : shape.keys) {
      const Node* value = fields.find(key.name);
      if (value == nullptr) {
        if (!key.fallback.empty()) {
          result_.where.push_back({std::string(key.name),
                                   {},
                                   Comparison::kIs,
                                   Quantity::kText,
                                   std::string(key.fallback),
                                   0,
                                   fields.source()});
        }
        continue;
      }
      if (key.name == "fields") {
        add_fields(*value, result_.where);
        continue;
      }
      Check check;
      check.property = std::string(key.name);
      if (key.arity == Arity::kCompared) {
        read_checks(*value, key.type, check, result_.where);
        continue;
      }
      check.source = value->source;
      check.text = value->text;
      if (key.type == Type::kUser) check.text = people_.find(value->text, value->source, reporter_);
      if (key.type == Type::kName || key.type == Type::kDomain || key.type == Type::kLabel) {
        check.text = ascii::to_lower(value->text);
      }
      if (key.name == "host") check_host(check.text, value->source);
      if (key.name == "type") check.text = ascii::to_upper(value->text);
      result_.where.push_back(std::move(check));
    }
    check_device(fields, shape);
  }

  void add_fields(const Node& map, std::vector<Check>& checks) {
    for (std::size_t i = 0; i < map.keys.size(); ++i) {
      Check check;
      check.property = "field";
      check.header = map.keys[i].text;
      read_checks(map.items[i], Type::kScalar, check, checks);
    }
  }

  void check_host(const std::string& name, SourcePosition source) {
    if (draft_.hosts.contains(name)) return;
    std::vector<std::string_view> known;
    for (const auto& [host, index] : draft_.hosts) known.push_back(host);
    reporter_.add(source, fmt::format("there is no host '{}'", name),
                  "Nothing could ever happen on it.", suggestion_for(name, known));
  }

  void check_device(const Fields& fields, const Shape& shape) {
    if (&shape != &kReceivedTopicShape || !fields.has("device") || result_.where.empty()) return;
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

  void properties(const Node& has) {
    for (std::size_t i = 0; i < has.keys.size(); ++i) {
      const std::string& name = has.keys[i].text;
      const Key& key = *find_key(kPropertiesShape, name);
      if (!says_something(key.name, result_.topic)) {
        reporter_.add(has.keys[i].source,
                      fmt::format("'{}' says nothing about a {}", name,
                                  kTopicNames[static_cast<std::size_t>(result_.topic)]),
                      fmt::format("{}", key.about));
        continue;
      }
      if (key.name == "fields") {
        add_fields(has.items[i], result_.checks);
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
    const bool has_count =
        std::any_of(result_.checks.begin(), result_.checks.end(),
                    [](const Check& check) { return check.property == "count"; });
    if (result_.never && has_count && result_.topic != Topic::kMailbox &&
        result_.topic != Topic::kQueue) {
      reporter_.add(fields_.source("never"), "never: it does not go with 'count'",
                    "'never' means that there is none at all.", "leave one of them out");
    }
    const bool state = result_.topic == Topic::kMailbox || result_.topic == Topic::kQueue;
    if (state && !fields_.has("has")) {
      reporter_.add(fields_.source(), "expectation: it does not say what must hold",
                    "A mailbox or queue is always there, so without 'has' this could never fail.",
                    "for example 'has: {count: 1}'");
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
