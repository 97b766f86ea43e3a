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
  if (verb == verb_ || protocol_ == "imap") answer_due_ = false;
  interference_ = interferer_->on_command({protocol_, verb, line, client_});
  if (!interference_.answer.empty()) {
    verb_ = std::move(verb);
    answer_ = interference_.answer;
    answer_due_ = true;
  }
  if (interference_.delay > Duration{}) {
    if (!timer_) timer_ = std::make_unique<Timer>(*runtime_, static_cast<TimerHandler&>(*this));
    timer_->arm_after(interference_.delay);
    waiting_ = true;
    return Way::kWait;
  }
  return interference_.drops ? Way::kDrop : Way::kPass;
}

std::optional<std::string_view> CommandGate::take_answer(
    std::initializer_list<std::string_view> verbs) {
  if (!answer_due_) return std::nullopt;
  const bool fits =
      verbs.size() == 0 || std::find(verbs.begin(), verbs.end(), verb_) != verbs.end();
  if (!fits) return std::nullopt;
  answer_due_ = false;
  return answer_;
}

bool CommandGate::keeps(std::string_view bytes) {
  if (waiting_) kept_.append(bytes);
  return waiting_;
}

bool CommandGate::keeps_end() {
  end_kept_ = end_kept_ || waiting_;
  return waiting_;
}

std::string CommandGate::take_kept() { return std::exchange(kept_, {}); }

bool CommandGate::take_end() { return std::exchange(end_kept_, false); }

void CommandGate::on_timer(std::uint64_t) {
  waiting_ = false;
  owner_->on_gate_open();
}

}  // namespace mailcosm::sim
