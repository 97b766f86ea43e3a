#include "sim/runner/run_case.h"

#include <fmt/format.h>

#include <optional>

#include "sim/runner/conversation_book.h"
#include "sim/runner/excerpt.h"
#include "sim/runner/golden_check.h"
#include "sim/runner/run_difference.h"
#include "sim/scenario/expectation_text.h"
#include "sim/world/read_scenario.h"
#include "sim/world/world.h"

namespace mailcosm::sim::runner {
namespace {

constexpr std::uint64_t kSlice = 20'000;  // events between two looks at `stop`
constexpr std::size_t kLinesShown = 12;   // of a conversation

thread_local const Case* current_case = nullptr;
thread_local const World* current_world = nullptr;

// Says, while it lives, what the thread is running.
class Running {
 public:
  explicit Running(const Case& the_case) { current_case = &the_case; }
  ~Running() {
    current_case = nullptr;
    current_world = nullptr;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
};

// False if it was stopped before the end.
bool play(World& world, const std::atomic<bool>& stop) {
  current_world = &world;
  bool more = true;
  while (more && !stop) more = world.advance(kSlice);
  if (!more) world.finish();
  current_world = nullptr;
  return !more;
}

WorldOptions options_of(const Case& the_case) {
  return {Layer::kPacket, the_case.variant.tie_break_seed};
}

void take_problems(const scenario::Parsed& parsed, CaseResult& result) {
  result.verdict = Verdict::kInvalid;
  result.problem = scenario::to_text(parsed.problems);
  if (!parsed.problems.empty()) result.problem_source = parsed.problems.front().source;
}

// Not so a point of the lesson.
bool is_expectation(const expectations::Result& outcome, const scenario::Scenario& scenario) {
  return outcome.index < scenario.expectations.size();
}

void take_expectations(const Case& the_case, const scenario::Scenario& scenario, const World& world,
                       CaseResult& result) {
  const scenario::SourceText text(the_case.file, the_case.text);
  for (const expectations::Result& outcome : world.results()) {
    ExpectationOutcome taken;
    taken.held = outcome.held;
    taken.sentence = outcome.sentence;
    taken.source = outcome.source;
    taken.file = the_case.file;
    if (!outcome.held) {
      if (is_expectation(outcome, scenario))
        taken.formal = scenario::sentence_of(scenario.expectations[outcome.index]);
      if (taken.formal == taken.sentence) taken.formal.clear();
      taken.found = outcome.found;
      taken.excerpt = excerpt(text, outcome.source, outcome.check, outcome.found);
      result.verdict = Verdict::kFailed;
    }
    result.expectations.push_back(std::move(taken));
  }
}

// Runs it once more, with a reader of the dialogues: those of a run that passes interest nobody,
// and cost time.
void add_conversations(const Case& the_case, const scenario::Scenario& scenario,
                       const std::atomic<bool>& stop, CaseResult& result) {
  std::optional<ConversationBook> book;  // before the world: its readers outlive it
  World world(scenario, options_of(the_case));
  book.emplace(world.header());
  world.add_sink(*book);
  if (!play(world, stop)) return;
  for (const expectations::Result& outcome : world.results()) {
    if (outcome.held || !is_expectation(outcome, scenario)) continue;
    result.expectations[outcome.index].conversation =
        book->concerned(scenario.expectations[outcome.index], outcome, kLinesShown);
  }
}

// The further runs that were asked for. False if one of them differs.
bool repeats(const Case& the_case, const scenario::Scenario& scenario,
             const std::atomic<bool>& stop, CaseResult& result) {
  for (std::uint32_t run = 1; run < the_case.runs; ++run) {
    World world(scenario, options_of(the_case));
    if (!play(world, stop)) return true;
    if (world.digest() == result.digest) continue;
    result.verdict = Verdict::kNondeterministic;
    result.problem = fmt::format(
        "Two runs of the same scenario and seed differ: digest {:016x}, and in run {} {:016x}. "
        "This is a bug of Mailcosm.\n{}",
        result.digest, run + 1, world.digest(),
        difference_of_two_runs(scenario, options_of(the_case)));
    return false;
  }
  return true;
}

void run_scenario(const Case& the_case, const scenario::Scenario& scenario,
                  const std::atomic<bool>& stop, CaseResult& result) {
  result.title = scenario.title;
  result.seed = scenario.seed;
  {
    GoldenCheck golden(the_case);
    World world(scenario, options_of(the_case));
    golden.attach(world, scenario.seed);
    if (!play(world, stop)) return;
    result.verdict = Verdict::kPassed;
    result.digest = world.digest();
    result.events = world.events();
    result.end = world.now();
    take_expectations(the_case, scenario, world, result);
    golden.finish(world, result);
  }
  if (!repeats(the_case, scenario, stop, result)) return;
  if (result.failed_expectations() != 0) add_conversations(the_case, scenario, stop, result);
}

}  // namespace

CaseResult run_case(const Case& the_case, const std::atomic<bool>& stop) {
  const Running running(the_case);
  CaseResult result;
  result.file = the_case.file;
  result.variant = the_case.variant;
  result.reproduction = reproduction(the_case.file, the_case.variant, "test");
  std::vector<scenario::Override> overrides;
  if (the_case.variant.seed)
    overrides.push_back({"seed", fmt::format("{}", *the_case.variant.seed)});
  const scenario::Parsed parsed = read_scenario(the_case.file, the_case.text, overrides);
  if (parsed.scenario) {
    run_scenario(the_case, *parsed.scenario, stop, result);
  } else {
    take_problems(parsed, result);
  }
  return result;
}

CaseResult run_case(const Case& the_case) {
  const std::atomic<bool> never = false;
  return run_case(the_case, never);
}

const Case* running_here() { return current_case; }

std::string position_here() { return current_world == nullptr ? "" : current_world->position(); }

}  // namespace mailcosm::sim::runner
