#include "sim/faults/reply_faults.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/comparison.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim {
namespace {

std::string name_of(const Command& command) {
  if (command.verb == "connect") return "the connection";
  if (command.verb == "message") return "the message";
  return std::string(command.line);
}

std::string detail_of(const scenario::ReplyFault& effect, const Command& command) {
  std::string text = name_of(command);
  if (effect.delay != Duration{})
    text += fmt::format(" waits {}", scenario::format_duration(effect.delay));
  if (effect.delay != Duration{} && (effect.drops || !effect.answers.empty())) text += " and";
  if (effect.drops) text += command.verb == "connect" ? " is dropped" : " drops the connection";
  if (!effect.answers.empty()) text += fmt::format(" is answered with \"{}\"", effect.answers);
  return text;
}

}  // namespace

void ReplyFaults::begin(std::size_t number, const scenario::Fault& fault, RecordId began) {
  active_.push_back({number, &fault, &std::get<scenario::ReplyFault>(fault.effect), began, 0, {}});
}

void ReplyFaults::end(std::size_t number) {
  std::erase_if(active_, [&](const Active& active) { return active.number == number; });
}

bool ReplyFaults::fits(const scenario::ReplyFault& effect, const Command& command) {
  return (effect.protocol.empty() || effect.protocol == command.protocol) &&
         (effect.command.empty() || effect.command == command.verb) &&
         scenario::all_hold(effect.text, command.line);
}

bool ReplyFaults::is_over(Active& active, const IpAddress& client) {
  if (active.effect->over == 0) return true;
  std::deque<Instant>& seen = active.seen[client];
  const Instant now = host_->now();
  while (!seen.empty() && seen.front() + active.effect->per <= now) seen.pop_front();
  if (static_cast<std::int64_t>(seen.size()) >= active.effect->over) return true;
  seen.push_back(now);
  return false;
}

void ReplyFaults::tell(const Active& active, const Command& command) {
  HostTrace& trace = host_->trace();
  trace.add_cause(active.began);
  trace.set_cause(trace.emit(Kind::kFaultApplied, {active.fault->sentence,
                                                   fmt::format("{} client {}", command.protocol,
                                                               command.client.to_string()),
                                                   detail_of(*active.effect, command)}));
}

Interference ReplyFaults::on_command(const Command& command) {
  Interference result;
  for (Active& active : active_) {
    const scenario::ReplyFault& effect = *active.effect;
    if (effect.count != 0 && active.struck >= effect.count) continue;
    if (!fits(effect, command) || !is_over(active, command.client)) continue;
    const bool decides = effect.drops || !effect.answers.empty();
    if (decides && (result.drops || !result.answer.empty())) continue;
    ++active.struck;
    tell(active, command);
    result.delay += effect.delay;
    result.drops = result.drops || effect.drops;
    if (!effect.answers.empty()) result.answer = effect.answers;
  }
  return result;
}

}  // namespace mailcosm::sim
