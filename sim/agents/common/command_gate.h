// CommandGate: the place in a server session where an Interferer may delay, drop or answer a
// command.
//
// A session asks admit() or admit_line() before it lets its engine handle a command. While the gate
// is_waiting() the session pulls no event and gives its engine nothing: bytes that come meanwhile
// are kept(). on_gate_open() is called when the time is over. Without an interferer everything
// passes, at the cost of one comparison.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sim/agents/common/interference.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class GateOwner {
 public:
  // Go on with the command that was admitted last, then with what has been kept.
  virtual void on_gate_open() = 0;

 protected:
  ~GateOwner() = default;
};

class CommandGate final : TimerHandler {
 public:
  enum class Way : std::uint8_t { kPass, kWait, kDrop };

  // `protocol` is a literal. The interferer may be null. All must outlive the gate.
  CommandGate(Runtime& runtime, Interferer* interferer, std::string_view protocol,
              const IpAddress& client, GateOwner& owner)
      : runtime_(&runtime),
        interferer_(interferer),
        protocol_(protocol),
        client_(client),
        owner_(&owner),
        state_(interferer == nullptr ? nullptr : std::make_unique<State>()) {}

  // A command line, without CRLF.
  Way admit_line(std::string_view line) {
    return interferer_ == nullptr ? Way::kPass : ask(verb_of(line), line);
  }
  // "connect" or "message".
  Way admit(std::string_view moment) {
    return interferer_ == nullptr ? Way::kPass : ask(std::string(moment), {});
  }

  bool is_waiting() const { return state_ && state_->waiting; }
  // What drops after waiting: to be asked in on_gate_open().
  bool drops() const { return state_ && state_->interference.drops; }
  // The answer to the command admitted last, if its verb is one of these (or whatever it is,
  // without any), once. The view lives until the next command.
  std::optional<std::string_view> take_answer(std::initializer_list<std::string_view> verbs = {}) {
    if (!state_ || !state_->answer_due) return std::nullopt;
    return take_due_answer(verbs);
  }

  // Keeps bytes, or the peer's end, while waiting; false if they are for the engine.
  bool keeps(std::string_view bytes);
  bool keeps_end();
  bool has_kept() const { return state_ && !state_->kept.empty(); }
  std::string take_kept();
  bool take_end();

 private:
  struct State {
    std::unique_ptr<Timer> timer;  // from the first delay on
    Interference interference;
    std::string verb;  // that `answer` is for
    std::string answer;
    bool answer_due = false;
    bool waiting = false;
    bool end_kept = false;
    std::string kept;
  };

  void on_timer(std::uint64_t tag) override;
  Way ask(std::string verb, std::string_view line);
  std::optional<std::string_view> take_due_answer(std::initializer_list<std::string_view> verbs);
  std::string verb_of(std::string_view line) const;

  Runtime* runtime_;
  Interferer* interferer_;
  std::string_view protocol_;
  IpAddress client_;
  GateOwner* owner_;
  // What only an interferer needs: most servers are undisturbed.
  std::unique_ptr<State> state_;
};

// When the gate has opened: lets the session go on with the command that was admitted last, then
// gives its engine what was kept meanwhile, and at last the peer's end. `pump` handles the engine's
// events; it gives false when the session is over, and must not be called again then.
template <typename Engine, typename Pump>
void go_on_with_kept(CommandGate& gate, Engine& engine, Instant now, Pump pump) {
  if (!pump()) return;
  while (gate.has_kept() && !gate.is_waiting()) {
    engine.receive(gate.take_kept(), now);
    if (!pump()) return;
  }
  if (gate.is_waiting() || !gate.take_end()) return;
  engine.end_of_input(now);
  pump();
}

}  // namespace mailcosm::sim
