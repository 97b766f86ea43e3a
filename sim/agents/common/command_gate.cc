#include "sim/agents/common/command_gate.h"

#include <algorithm>
#include <utility>

#include "protocols/base/ascii.h"

namespace mailcosm::sim {
namespace {

std::string_view take_word(std::string_view& text) { return ascii::take_until(text, ' '); }

}  // namespace

std::string CommandGate::verb_of(std::string_view line) const {
  if (protocol_ != "imap") return ascii::to_upper(take_word(line));
  take_word(line);  // the tag
  std::string verb = ascii::to_upper(take_word(line));
  if (verb == "UID") verb += " " + ascii::to_upper(take_word(line));
  return verb;
}

CommandGate::Way CommandGate::ask(std::string verb, std::string_view line) {
  // A line of a SASL exchange has no verb that an interferer knows; the answer to AUTH stays due.
  if (verb.empty()) return Way::kPass;
  State& state = *state_;
  if (verb == state.verb || protocol_ == "imap") state.answer_due = false;
  state.interference = interferer_->on_command({protocol_, verb, line, client_});
  if (!state.interference.answer.empty()) {
    state.verb = std::move(verb);
    state.answer = state.interference.answer;
    state.answer_due = true;
  }
  if (state.interference.delay > Duration{}) {
    if (!state.timer)
      state.timer = std::make_unique<Timer>(*runtime_, static_cast<TimerHandler&>(*this));
    state.timer->arm_after(state.interference.delay);
    state.waiting = true;
    return Way::kWait;
  }
  return state.interference.drops ? Way::kDrop : Way::kPass;
}

std::optional<std::string_view> CommandGate::take_due_answer(
    std::initializer_list<std::string_view> verbs) {
  const bool fits =
      verbs.size() == 0 || std::find(verbs.begin(), verbs.end(), state_->verb) != verbs.end();
  if (!fits) return std::nullopt;
  state_->answer_due = false;
  return state_->answer;
}

bool CommandGate::keeps(std::string_view bytes) {
  if (!is_waiting()) return false;
  state_->kept.append(bytes);
  return true;
}

bool CommandGate::keeps_end() {
  if (!is_waiting()) return false;
  state_->end_kept = true;
  return true;
}

std::string CommandGate::take_kept() {
  return state_ ? std::exchange(state_->kept, {}) : std::string();
}

bool CommandGate::take_end() { return state_ && std::exchange(state_->end_kept, false); }

void CommandGate::on_timer(std::uint64_t) {
  state_->waiting = false;
  owner_->on_gate_open();
}

}  // namespace mailcosm::sim
