#include "sim/world/expectations/watch.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/expectation_text.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::expectations {
namespace {

using scenario::Check;

std::string at(Instant time) { return " at " + scenario::format_duration(time - Instant{}); }

// Whether more of them cannot make it right again.
bool is_too_many(const Check& check, std::int64_t count) {
  using scenario::Comparison;
  if (check.comparison == Comparison::kLessThan) return count >= check.number;
  const bool bounded =
      check.comparison == Comparison::kIs || check.comparison == Comparison::kAtMost;
  return bounded && count > check.number;
}

bool counts(const Check& check) { return check.property == "count"; }

std::string name_of(const Check& check) {
  return check.property == "field" ? check.header : scenario::key_of(check);
}

}  // namespace

bool Watch::all_hold(const Candidate& candidate, Instant time) {
  for (const Check& check : expectation_->checks) {
    if (counts(check)) continue;
    const Property property = candidate.property(check);
    if (holds(check, property)) continue;
    if (!expectation_->never && !failed_) {
      failed_ = true;
      found_ = fmt::format("{} is {}{}", name_of(check), to_text(property), at(time));
      check_ = check.source;
      record_ = candidate.record();
      decided_at_ = time;
    }
    return false;
  }
  return true;
}

void Watch::violated(const Candidate& candidate, Instant time) {
  found_ = "it happened" + at(time);
  if (!expectation_->checks.empty()) {
    const Check& first = expectation_->checks[0];
    found_ += fmt::format(": {} was {}", name_of(first), to_text(candidate.property(first)));
  }
  failed_ = decided_ = true;
  record_ = candidate.record();
  decided_at_ = time;
}

void Watch::count_up(const Candidate& candidate, Instant time) {
  ++fits_;
  if (failed_) return;
  record_ = candidate.record();
  for (const Check& check : expectation_->checks) {
    if (!counts(check) || expectation_->never || !is_too_many(check, fits_)) continue;
    failed_ = true;
    decided_at_ = time;
    return;
  }
}

void Watch::consider(const Candidate& candidate, Instant time) {
  if (decided_) return;
  for (const Check& check : expectation_->where) {
    if (!holds(check, candidate.property(check))) return;
  }
  count_up(candidate, time);
  const bool all = all_hold(candidate, time);
  if (expectation_->never && all) violated(candidate, time);
}

void Watch::compare(const Candidate& state, Instant time) {
  if (decided_) return;
  bool all = true;
  std::string found;
  scenario::SourcePosition failing;
  RecordId culprit;
  for (const Check& check : expectation_->checks) {
    const Property property = state.property(check);
    if (holds(check, property)) continue;
    if (all) {
      found = fmt::format("{} is {}", name_of(check), to_text(property));
      failing = check.source;
      culprit = state.culprit(check);
    }
    all = false;
  }
  if (expectation_->never) {
    if (all) violated(state, time);
    return;
  }
  failed_ = !all;
  found_ = found;
  check_ = failing;
  record_ = culprit;
  fits_ = 1;
}

void Watch::start_over() {
  if (decided_) return;
  fits_ = 0;
  failed_ = false;
  found_.clear();
  check_ = {};
  record_ = {};
}

void Watch::decide(Instant end) {
  if (decided_) return;
  decided_ = true;
  if (expectation_->within && *expectation_->within < end) end = *expectation_->within;
  if (!failed_ || decided_at_ > end) decided_at_ = end;
  if (expectation_->never) {
    held_ = true;
    return;
  }
  const bool state = expectation_->topic == scenario::Topic::kMailbox ||
                     expectation_->topic == scenario::Topic::kQueue ||
                     expectation_->topic == scenario::Topic::kDelay;
  const bool counted =
      std::any_of(expectation_->checks.begin(), expectation_->checks.end(), counts);
  if (state) decided_at_ = end;
  if (!state && !counted && fits_ == 0) {
    failed_ = true;
    found_ = "there was none";
  }
  for (const Check& check : expectation_->checks) {
    if (state || !counts(check) || holds(check.comparison, fits_, check.number)) continue;
    if (!is_too_many(check, fits_)) decided_at_ = end;
    failed_ = true;
    found_ = fmt::format("there {} {}", fits_ == 1 ? "was" : "were",
                         fits_ == 0 ? "none" : std::to_string(fits_));
    check_ = check.source;
  }
  held_ = !failed_;
}

void Watch::fail(std::string found) {
  decided_ = failed_ = true;
  found_ = std::move(found);
}

}  // namespace mailcosm::sim::expectations
