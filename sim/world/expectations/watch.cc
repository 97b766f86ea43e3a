#include "sim/world/expectations/watch.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/expectation_text.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::expectations {
namespace {

using scenario::Check;

std::string at(Instant time) { return " at " + scenario::format_duration(time - Instant{}); }

bool counts(const Check& check) { return check.property == "count"; }

std::string name_of(const Check& check) {
  return check.property == "field" ? check.header : scenario::key_of(check);
}

}  // namespace

bool Watch::all_hold(const Candidate& candidate, std::string& found) const {
  for (const Check& check : expectation_->checks) {
    if (counts(check)) continue;
    const Property property = candidate.property(check);
    if (holds(check, property)) continue;
    found = fmt::format("{} is {}", name_of(check), to_text(property));
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
}

void Watch::consider(const Candidate& candidate, Instant time) {
  if (decided_) return;
  for (const Check& check : expectation_->where) {
    if (!holds(check, candidate.property(check))) return;
  }
  ++fits_;
  std::string found;
  const bool all = all_hold(candidate, found);
  if (expectation_->never) {
    if (all) violated(candidate, time);
  } else if (!all && !failed_) {
    failed_ = true;
    found_ = found + at(time);
  }
}

void Watch::compare(const Candidate& state, Instant time) {
  if (decided_) return;
  bool all = true;
  std::string found;
  for (const Check& check : expectation_->checks) {
    const Property property = state.property(check);
    if (holds(check, property)) continue;
    if (all) found = fmt::format("{} is {}", name_of(check), to_text(property));
    all = false;
  }
  if (expectation_->never) {
    if (all) violated(state, time);
    return;
  }
  failed_ = !all;
  found_ = found;
  fits_ = 1;
}

void Watch::start_over() {
  if (decided_) return;
  fits_ = 0;
  failed_ = false;
  found_.clear();
}

void Watch::decide() {
  if (decided_) return;
  decided_ = true;
  if (expectation_->never) {
    held_ = true;
    return;
  }
  const bool state = expectation_->topic == scenario::Topic::kMailbox ||
                     expectation_->topic == scenario::Topic::kQueue;
  const bool counted =
      std::any_of(expectation_->checks.begin(), expectation_->checks.end(), counts);
  if (!state && !counted && fits_ == 0) {
    failed_ = true;
    found_ = "there was none";
  }
  for (const Check& check : expectation_->checks) {
    if (state || !counts(check) || holds(check.comparison, fits_, check.number)) continue;
    failed_ = true;
    found_ = fmt::format("there {} {}", fits_ == 1 ? "was" : "were",
                         fits_ == 0 ? "none" : std::to_string(fits_));
  }
  held_ = !failed_;
}

void Watch::fail(std::string found) {
  decided_ = failed_ = true;
  found_ = std::move(found);
}

}  // namespace mailcosm::sim::expectations
