#include "sim/runner/golden_check.h"

#include "sim/golden/golden_difference.h"
#include "sim/runner/selection.h"

namespace mailcosm::sim::runner {
namespace {

// Why the golden is not compared; empty if it is.
std::string why_not(const Case& the_case) {
  if (the_case.variant.seed) return "not compared: another seed than the scenario's";
  return the_case.golden ? "" : "there is no golden file; mailcosm test --update writes one";
}

// Simultaneous events that change places move times and draws; that is what shuffling them is for.
bool counts_with_ties(const GoldenDifference& difference) {
  return difference.moved_in(GoldenLayer::kOutcomes) || difference.moved_in(GoldenLayer::kProtocol);
}

}  // namespace

void GoldenCheck::attach(World& world, std::uint64_t seed) {
  if (!case_.makes_golden && !why_not(case_).empty()) return;
  recorder_ = std::make_unique<GoldenRecorder>(world.header(), scenario_digest(case_.text), seed);
  world.add_sink(*recorder_);
}

void GoldenCheck::finish(const World& world, CaseResult& result) {
  result.golden.summary = why_not(case_);
  if (recorder_ == nullptr) return;
  const Golden actual = recorder_->finish({world.packets(), world.link_draws()});
  if (case_.makes_golden) result.golden.text = to_text(actual);
  if (result.golden.summary.empty()) compare_with(actual, result);
}

void GoldenCheck::compare_with(const Golden& actual, CaseResult& result) const {
  const auto expected = parse_golden(*case_.golden);
  if (!expected) {
    result.golden.state = GoldenOutcome::State::kUnreadable;
    result.golden.summary = expected.error().what;
    if (!case_.makes_golden) result.verdict = Verdict::kInvalid;
    return;
  }
  GoldenDifference difference = compare(*expected, actual);
  const bool shuffled = case_.variant.tie_break_seed != 0;
  if (difference.same() || (shuffled && !counts_with_ties(difference))) {
    result.golden.state = GoldenOutcome::State::kSame;
    return;
  }
  result.golden.summary = std::move(difference.summary);
  const std::string reason = top_value(case_.text, "x-ties");
  if (shuffled && !reason.empty()) {
    result.golden.summary = "not compared: the scenario says that order matters: " + reason;
    return;
  }
  result.golden.state = GoldenOutcome::State::kDiffers;
  result.golden.report = std::move(difference.report);
  // What failed besides says more than everything that followed from it.
  if (result.failed_expectations() != 0) {
    const std::size_t all = result.golden.report.find(kAllDifferences);
    if (all != std::string::npos) {
      result.golden.report.resize(all + 1);
      result.golden.report += "All other differences are shown when the expectations hold.\n";
    }
  }
  if (!case_.makes_golden && result.verdict == Verdict::kPassed) result.verdict = Verdict::kFailed;
}

}  // namespace mailcosm::sim::runner
