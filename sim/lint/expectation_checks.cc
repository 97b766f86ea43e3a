// Expectations that can never fail, or never hold, and those that stand there twice.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/lint/checks.h"
#include "sim/lint/emitters.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::lint {
namespace {

using scenario::Check;
using scenario::Comparison;
using scenario::Expectation;
using scenario::Quantity;
using scenario::Topic;

constexpr std::int64_t kWhole = 1'000'000;  // 100 %

bool is_state(Topic topic) {
  return topic == Topic::kMailbox || topic == Topic::kQueue || topic == Topic::kDelay;
}

// What is a number or a time, and never less than zero.
bool is_amount(const Check& check) {
  constexpr std::string_view kAmounts[] = {"count", "size", "unseen", "header_count",
                                           "ttl",   "mean", "p50",    "p90",
                                           "p95",   "p99",  "max",    "delivered"};
  return std::find(std::begin(kAmounts), std::end(kAmounts), check.property) != std::end(kAmounts);
}

// A comparison that everything passes.
bool is_empty(const Check& check) {
  if (check.quantity == Quantity::kText) {
    switch (check.comparison) {
      case Comparison::kContains:
      case Comparison::kStartsWith:
      case Comparison::kEndsWith:
        return check.text.empty();
      case Comparison::kMatches:
        return !check.text.empty() && check.text.find_first_not_of('*') == std::string::npos;
      default:
        return false;
    }
  }
  if (check.property == "delivered" && check.comparison == Comparison::kAtMost)
    return check.number >= kWhole;
  return (is_amount(check) || check.property == "time") &&
         ((check.comparison == Comparison::kAtLeast && check.number <= 0) ||
          (check.comparison == Comparison::kMoreThan && check.number < 0));
}

// A comparison that nothing passes.
bool is_vain(const Check& check) {
  if (check.property == "delivered" && check.comparison == Comparison::kMoreThan)
    return check.number >= kWhole;
  if (!is_amount(check)) return false;
  if (check.comparison == Comparison::kLessThan) return check.number <= 0;
  return check.number < 0 &&
         (check.comparison == Comparison::kIs || check.comparison == Comparison::kAtMost);
}

struct Vocabulary {
  std::string_view property;
  std::vector<std::string_view> words;
};

class ExpectationCheck {
 public:
  ExpectationCheck(const Subject& subject, const Expectation& expectation, Findings& findings)
      : subject_(subject), expectation_(expectation), findings_(findings) {}

  void run() {
    if (const std::string why = impossible(subject_, expectation_.topic, expectation_.where);
        !why.empty()) {
      wants_none() ? cannot_fail(expectation_.source, why) : cannot_hold(expectation_.source, why);
      return;
    }
    for (const std::vector<Check>* checks : {&expectation_.where, &expectation_.checks}) {
      for (const Check& check : *checks) one(check, checks == &expectation_.checks);
    }
    before_the_story();
  }

 private:
  // That there is nothing of the kind.
  bool wants_none() const {
    if (expectation_.never) return true;
    return !is_state(expectation_.topic) &&
           std::any_of(expectation_.checks.begin(), expectation_.checks.end(),
                       [](const Check& check) {
                         return check.property == "count" && check.number == 0 &&
                                (check.comparison == Comparison::kIs ||
                                 check.comparison == Comparison::kAtMost);
                       });
  }

  void cannot_fail(scenario::SourcePosition source, const std::string& why) {
    findings_.add("expectation-cannot-fail", source,
                  fmt::format("this expectation can never fail: {}", why));
  }
  void cannot_hold(scenario::SourcePosition source, const std::string& why) {
    findings_.add("expectation-cannot-hold", source,
                  fmt::format("this expectation can never hold: {}", why));
  }

  void one(const Check& check, bool demanded) {
    if (demanded && is_vain(check)) {
      cannot_hold(check.source,
                  fmt::format("'{}' is never that {}", check.property,
                              check.comparison == Comparison::kMoreThan ? "large" : "small"));
    } else if (is_empty(check)) {
      const std::string why = fmt::format("everything passes this comparison of '{}'", name(check));
      // Others of its comparisons may still fail; then this one is only idle.
      if (demanded && expectation_.checks.size() == 1 && is_state(expectation_.topic)) {
        cannot_fail(check.source, why);
      } else if (demanded && check.property == "count" && expectation_.checks.size() == 1) {
        cannot_fail(check.source, why);
      } else {
        findings_.add("comparison-idle", check.source, why);
      }
    } else if (check.property == "time" && check.quantity != Quantity::kText &&
               check.number > subject_.scenario.until.ns &&
               (check.comparison == Comparison::kIs || check.comparison == Comparison::kAtLeast ||
                check.comparison == Comparison::kMoreThan)) {
      outside("the run ends before that time", check.source);
    } else {
      word(check);
    }
  }

  static std::string name(const Check& check) {
    return check.header.empty() ? check.property : check.header;
  }

  // A word that is none of those that the property can be.
  void word(const Check& check) {
    if (check.comparison != Comparison::kIs || check.property == "field") return;
    static const std::vector<Vocabulary> kVocabularies = {
        {"protocol", {"submission", "smtp", "lmtp", "pop3", "imap"}},
        {"action", {"failed", "delayed", "delivered", "relayed", "expanded"}},
        {"result", {"NOERROR", "NXDOMAIN", "NODATA", "SERVFAIL", "TIMEOUT"}}};
    for (const Vocabulary& vocabulary : kVocabularies) {
      if (vocabulary.property != check.property) continue;
      if (std::find(vocabulary.words.begin(), vocabulary.words.end(), check.text) !=
          vocabulary.words.end()) {
        continue;
      }
      outside(fmt::format("'{}' is never '{}', only {}", check.property, check.text,
                          fmt::join(vocabulary.words, ", ")),
              check.source);
    }
  }

  // Nothing can be so: good for who wants none.
  void outside(const std::string& why, scenario::SourcePosition source) {
    wants_none() ? cannot_fail(source, why) : cannot_hold(source, why);
  }

  // What is only there when somebody has written, before anybody has.
  void before_the_story() {
    const bool needs_mail = expectation_.topic == Topic::kMessage ||
                            expectation_.topic == Topic::kReceived ||
                            expectation_.topic == Topic::kBounce;
    if (!needs_mail || !expectation_.within || wants_none()) return;
    for (const scenario::Step& step : subject_.scenario.story) {
      if (!std::holds_alternative<scenario::Writes>(step.action)) continue;
      if (*expectation_.within > step.at) return;
      cannot_hold(expectation_.source,
                  fmt::format("it must have come about after {}, but nobody writes before {}",
                              scenario::format_duration(*expectation_.within - Instant{}),
                              scenario::format_duration(step.at - Instant{})));
      return;
    }
  }

  const Subject& subject_;
  const Expectation& expectation_;
  Findings& findings_;
};

// All that decides an expectation, as a text to compare.
std::string text_of(const Expectation& expectation) {
  std::string text = fmt::format("{} {}", static_cast<int>(expectation.topic), expectation.never);
  for (const std::vector<Check>* checks : {&expectation.where, &expectation.checks}) {
    text += "|";
    for (const Check& check : *checks) {
      text += fmt::format("\n{} {} {} {} {}", check.property, check.header,
                          static_cast<int>(check.comparison), static_cast<int>(check.quantity),
                          check.text);
    }
  }
  const auto time = [](const std::optional<Instant>& at) { return at ? at->ns : -1; };
  return text + fmt::format("|{} {}", time(expectation.after), time(expectation.within));
}

void check_twins(const Subject& subject, Findings& findings) {
  std::map<std::string, const Expectation*> known, said;
  for (const Expectation& expectation : subject.scenario.expectations) {
    const auto [twin, added] = known.emplace(text_of(expectation), &expectation);
    if (!added) {
      findings.add("expectation-twice", expectation.source,
                   fmt::format("the same is expected in line {}", twin->second->source.line));
      continue;
    }
    const auto [other, first] = said.emplace(expectation.sentence, &expectation);
    if (first) continue;
    findings.add("says-twice", expectation.source,
                 fmt::format("the expectation of line {} says the same: {}",
                             other->second->source.line, expectation.sentence),
                 "say what is different about this one");
  }
}

}  // namespace

void check_expectations(const Subject& subject, Findings& findings) {
  for (const Expectation& expectation : subject.scenario.expectations)
    ExpectationCheck(subject, expectation, findings).run();
  check_twins(subject, findings);
}

}  // namespace mailcosm::sim::lint
