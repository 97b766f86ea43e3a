#include "sim/world/expectations/evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "sim/scenario/names.h"
#include "sim/world/expectations/candidates.h"
#include "sim/world/expectations/deliveries.h"
#include "sim/world/expectations/device_state.h"

namespace mailcosm::sim::expectations {
namespace {

using scenario::Check;
using scenario::Expectation;
using scenario::Topic;

std::string_view chosen(const Expectation& expectation, std::string_view property) {
  for (const Check& check : expectation.where) {
    if (check.property == property) return check.text;
  }
  return {};
}

bool is_state(Topic topic) {
  return topic == Topic::kMailbox || topic == Topic::kMessage || topic == Topic::kQueue ||
         topic == Topic::kCopy || topic == Topic::kDelay;
}

// What an expectation about delays looks at. A mailbox server serves the domains of its accounts.
DeliveryChoice choice_of(const Expectation& expectation, const scenario::Scenario& scenario,
                         HostIndex host) {
  DeliveryChoice choice;
  choice.from = chosen(expectation, "from");
  choice.to = chosen(expectation, "to");
  choice.host = host;
  if (expectation.after) choice.after = *expectation.after;
  const std::string_view name = chosen(expectation, "host");
  for (const scenario::MailboxServer& server : scenario.mailbox_servers) {
    if (server.host != name) continue;
    choice.hosted.insert(server.users_of.begin(), server.users_of.end());
    for (const scenario::MailboxAccount& account : server.accounts) {
      for (const std::string& address : account.addresses)
        choice.hosted.emplace(scenario::domain_of(address));
    }
  }
  return choice;
}

bool mentions(const Expectation& expectation, std::string_view property) {
  return std::any_of(expectation.checks.begin(), expectation.checks.end(),
                     [&](const Check& check) { return check.property == property; });
}

}  // namespace

struct Evaluator::Parts {
  Parts(const scenario::Scenario& the_scenario, const TraceHeader& the_header)
      : scenario(the_scenario), header(the_header) {}

  void add(const Expectation& expectation, std::size_t index);
  void listen(std::size_t watch, Kind kind);
  void listen_to_events(std::size_t watch);
  // `by` has just changed the state, if anything has.
  void evaluate(Watch& watch, Instant time, RecordId by = {});
  void evaluate_copies(Watch& watch, Instant time);
  void decide_until(Instant time);
  HostIndex host_of(std::string_view name) const;

  const scenario::Scenario& scenario;
  const TraceHeader& header;
  std::vector<Watch> watches;
  // Watches by the kind of record they look at.
  std::array<std::vector<std::size_t>, kKinds> by_kind;
  std::vector<std::size_t> states;     // watches of mailboxes, messages and queues
  std::vector<std::size_t> deadlines;  // states with `within`, the latest first
  MailState mail;
  QueueState queues;
  DeviceState devices;
  std::map<std::size_t, Deliveries> deliveries;  // by watch
  Composed composed;
  bool keeps_composed = false;
  bool finished = false;
  Layer depth = Layer::kStory;
};

void Evaluator::Parts::listen(std::size_t watch, Kind kind) {
  by_kind[static_cast<std::size_t>(kind)].push_back(watch);
  depth = std::max(depth, info_of(kind).layer);
}

void Evaluator::Parts::listen_to_events(std::size_t watch) {
  const Expectation& expectation = watches[watch].expectation();
  const std::string_view name = chosen(expectation, "kind");
  const auto kind = kind_of(name);
  if (!kind) return watches[watch].fail(fmt::format("there is no kind of record '{}'", name));
  for (const std::vector<Check>* checks : {&expectation.where, &expectation.checks}) {
    for (const Check& check : *checks) {
      if (check.property != "field") continue;
      const auto fields = info_of(*kind).fields;
      const bool known = std::any_of(fields.begin(), fields.end(), [&](const FieldInfo& field) {
        return field.name == check.header;
      });
      if (!known)
        return watches[watch].fail(fmt::format("{} has no field '{}'", name, check.header));
    }
  }
  listen(watch, *kind);
}

void Evaluator::Parts::add(const Expectation& expectation, std::size_t index) {
  watches.emplace_back(expectation, index);
  const std::size_t watch = watches.size() - 1;
  keeps_composed = keeps_composed || mentions(expectation, "as_written");
  switch (expectation.topic) {
    case Topic::kMailbox:
    case Topic::kMessage:
      mail.watch(std::string(chosen(expectation, "user")));
      break;
    case Topic::kCopy:
      devices.watch(std::string(chosen(expectation, "user")));
      break;
    case Topic::kQueue:
      break;
    case Topic::kReceived:
      listen(watch, Kind::kMessageFetched);
      break;
    case Topic::kBounce:
      listen(watch, Kind::kBounceCreated);
      break;
    case Topic::kLookup:
      listen(watch, Kind::kLookupAnswered);
      break;
    case Topic::kLine:
      listen(watch, Kind::kLineSent);
      listen(watch, Kind::kLineReceived);
      break;
    case Topic::kEvent:
      listen_to_events(watch);
      break;
    case Topic::kDelay:
      deliveries.emplace(watch,
                         choice_of(expectation, scenario, host_of(chosen(expectation, "host"))));
      break;
  }
  if (!is_state(expectation.topic)) return;
  states.push_back(watch);
  if (expectation.within) deadlines.push_back(watch);
}

HostIndex Evaluator::Parts::host_of(std::string_view name) const {
  for (std::size_t i = 0; i < header.hosts.size(); ++i) {
    if (header.hosts[i].name == name) return static_cast<HostIndex>(i);
  }
  return kWorld;
}

void Evaluator::Parts::evaluate(Watch& watch, Instant time, RecordId by) {
  const Expectation& expectation = watch.expectation();
  if (expectation.topic == Topic::kQueue) {
    const auto count =
        queues.count(host_of(chosen(expectation, "host")), chosen(expectation, "queue"));
    return watch.compare(QueueCandidate(count, by), time);
  }
  if (expectation.topic == Topic::kCopy) return evaluate_copies(watch, time);
  if (expectation.topic == Topic::kDelay) {
    const auto index = static_cast<std::size_t>(&watch - watches.data());
    return watch.compare(DelayCandidate(deliveries.at(index)), time);
  }
  const std::string_view user = chosen(expectation, "user"), name = chosen(expectation, "mailbox");
  const Mailbox& mailbox = mail.mailbox(user, name);
  if (expectation.topic == Topic::kMailbox)
    return watch.compare(MailboxCandidate(mailbox, by), time);
  watch.start_over();
  for (const auto& [key, message] : mailbox) {
    if (expectation.after && message.time < *expectation.after) continue;
    watch.consider(MessageCandidate(user, name, key.second, message, composed), time);
  }
}

void Evaluator::Parts::evaluate_copies(Watch& watch, Instant time) {
  const Expectation& expectation = watch.expectation();
  const std::string_view user = chosen(expectation, "user"), device = chosen(expectation, "device"),
                         name = chosen(expectation, "mailbox");
  watch.start_over();
  for (const auto& [id, message] : devices.mailbox(user, device, name)) {
    if (expectation.after && message.time < *expectation.after) continue;
    watch.consider(MessageCandidate(user, name, 0, message, composed, device), time);
  }
}

// The state at a deadline is the one before the first record behind it.
void Evaluator::Parts::decide_until(Instant time) {
  while (!deadlines.empty()) {
    Watch& watch = watches[deadlines.back()];
    if (*watch.expectation().within >= time) return;
    evaluate(watch, *watch.expectation().within);
    watch.decide(*watch.expectation().within);
    deadlines.pop_back();
  }
}

Evaluator::Evaluator(const scenario::Scenario& scenario, const TraceHeader& header)
    : parts_(std::make_unique<Parts>(scenario, header)) {
  Parts& parts = *parts_;
  for (std::size_t i = 0; i < scenario.expectations.size(); ++i)
    parts.add(scenario.expectations[i], i);
  const auto later = [&](std::size_t a, std::size_t b) {
    const Instant x = *parts.watches[a].expectation().within,
                  y = *parts.watches[b].expectation().within;
    return x != y ? x > y : a < b;
  };
  std::sort(parts.deadlines.begin(), parts.deadlines.end(), later);
}

Evaluator::~Evaluator() = default;

Layer Evaluator::depth_needed() const { return parts_->depth; }

void Evaluator::accept(const Record& record) {
  Parts& parts = *parts_;
  if (parts.finished) return;
  parts.decide_until(record.time);
  if (record.kind == Kind::kMessageComposed && parts.keeps_composed) {
    const std::string_view content = record.values[4].text;
    parts.composed.insert_or_assign(MessageView(content).message_id(), std::string(content));
  }
  const RecordCandidate candidate(record, parts.header, parts.composed);
  for (std::size_t watch : parts.by_kind[static_cast<std::size_t>(record.kind)]) {
    if (parts.watches[watch].is_in_time(record.time))
      parts.watches[watch].consider(candidate, record.time);
  }
  for (auto& [watch, deliveries] : parts.deliveries) deliveries.accept(record);
  const bool mail_changed = parts.mail.accept(record);
  const bool queues_changed = parts.queues.accept(record);
  const bool devices_changed = parts.devices.accept(record);
  if (!mail_changed && !queues_changed && !devices_changed) return;
  // What must never be is looked for after every change.
  for (std::size_t index : parts.states) {
    Watch& watch = parts.watches[index];
    const Topic topic = watch.expectation().topic;
    const bool concerned = topic == Topic::kQueue  ? queues_changed
                           : topic == Topic::kCopy ? devices_changed
                                                   : mail_changed;
    if (watch.expectation().never && concerned && watch.is_in_time(record.time))
      parts.evaluate(watch, record.time, record.id);
  }
}

std::vector<Result> Evaluator::finish(Instant end) {
  Parts& parts = *parts_;
  parts.decide_until(end + Duration(1));
  for (std::size_t index : parts.states) {
    Watch& watch = parts.watches[index];
    if (!watch.decided() && !watch.expectation().never) parts.evaluate(watch, end);
  }
  std::vector<Result> results;
  for (Watch& watch : parts.watches) {
    watch.decide(end);
    results.push_back(watch.result());
  }
  parts.finished = true;
  return results;
}

}  // namespace mailcosm::sim::expectations
