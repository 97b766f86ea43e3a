// Watch: one expectation and what has been seen of it so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sim/scenario/expectation.h"
#include "sim/trace/record.h"
#include "sim/world/expectations/comparison.h"
#include "sim/world/expectations/result.h"

namespace mailcosm::sim::expectations {

// Something that an expectation may fit.
class Candidate {
 public:
  virtual ~Candidate() = default;
  virtual Property property(const scenario::Check& check) const = 0;
  // The record it is, or that made it; none if there is no single one.
  virtual RecordId record() const { return {}; }
  // The record that has most to do with what this comparison finds.
  virtual RecordId culprit(const scenario::Check& check) const {
    (void)check;
    return record();
  }
};

class Watch {
 public:
  Watch(const scenario::Expectation& expectation, std::size_t index)
      : expectation_(&expectation), index_(index) {}

  const scenario::Expectation& expectation() const { return *expectation_; }
  bool decided() const { return decided_; }
  bool is_in_time(Instant time) const {
    return !(expectation_->after && time < *expectation_->after) &&
           !(expectation_->within && time > *expectation_->within);
  }

  // Does it fit what the expectation chooses? If so it is counted, and compared.
  void consider(const Candidate& candidate, Instant time);
  // Something that is there whatever it is like (a mailbox, a queue): compared, not counted.
  void compare(const Candidate& state, Instant time);
  // Forgets what was counted, so that the state can be counted anew.
  void start_over();
  // The last word at `end`, unless it is decided already.
  void decide(Instant end);
  // Fails at once, for a reason that lies in the expectation itself.
  void fail(std::string found);

  Result result() const {
    const scenario::Expectation& of = *expectation_;
    if (held_) return {index_, true, of.sentence, "", of.source, {}, {}, decided_at_};
    return {index_, false, of.sentence, found_, of.source, check_, record_, decided_at_};
  }

 private:
  // Whether all checks hold, but for the count; else the first that does not is remembered.
  bool all_hold(const Candidate& candidate, Instant time);
  void violated(const Candidate& candidate, Instant time);
  // There may be more than are counted so far, but never fewer.
  void count_up(const Candidate& candidate, Instant time);

  const scenario::Expectation* expectation_;
  std::size_t index_;
  std::int64_t fits_ = 0;
  std::string found_;  // why it does not hold
  scenario::SourcePosition check_;
  RecordId record_;
  Instant decided_at_;
  bool failed_ = false;
  bool decided_ = false;
  bool held_ = false;
};

}  // namespace mailcosm::sim::expectations
