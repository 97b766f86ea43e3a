// A scenario that runs in a millisecond or two, and results made up by hand.
#pragma once

#include <string>

#include "sim/runner/case_result.h"

namespace mailcosm::sim::runner {

// One mail within one organisation; `expectations` are lines of the list `expect`.
inline std::string small_scenario(const std::string& expectations) {
  return R"(mailcosm: 1
title: A small scenario
organisations:
  red.com:
    users:
      alice: {devices: {laptop: imap}}
      bob: {devices: {phone: imap}}
story:
  - at: 0 s
    alice writes: {to: bob@red.com, subject: Hello, body: Hi}
expect:
)" + expectations;
}

inline const std::string kHolds = R"(  - says: Bob has the mail.
    mailbox: bob
    has: {count: 1}
)";
inline const std::string kFails = R"(  - says: Bob has two mails.
    mailbox: bob
    has:
      count: 2
)";

inline Case case_of(std::string text) {
  Case the_case;
  the_case.file = "folder/small.yaml";
  the_case.text = std::move(text);
  return the_case;
}

// As if an expectation of line 7 had failed, with a conversation of one line.
inline CaseResult failed_result(const std::string& sentence = "Bob has the mail.") {
  CaseResult result;
  result.file = "folder/small.yaml";
  result.verdict = Verdict::kFailed;
  result.title = "Small";
  result.seed = 1;
  result.digest = 0xab;
  result.reproduction = "mailcosm test folder/small.yaml";
  ExpectationOutcome outcome;
  outcome.sentence = sentence;
  outcome.found = "there was none";
  outcome.file = result.file;
  outcome.source = {0, 7, 5};
  outcome.excerpt = "     7 |   - says: x\n       |     ^ found: there was none\n";
  outcome.conversation = {"client.red.com", "mail.red.com", "smtp", {}, {}, {}, 0};
  outcome.conversation.lines.push_back({ConversationLine::Mark::kReceived, {}, "550 5.1.1 No"});
  result.expectations.push_back(outcome);
  return result;
}

inline CaseResult passed_result(const std::string& file = "folder/good.yaml") {
  CaseResult result;
  result.file = file;
  result.verdict = Verdict::kPassed;
  ExpectationOutcome outcome;
  outcome.held = true;
  outcome.sentence = "All is well.";
  outcome.source = {0, 3, 5};
  result.expectations.push_back(outcome);
  result.reproduction = "mailcosm test " + file;
  return result;
}

}  // namespace mailcosm::sim::runner
