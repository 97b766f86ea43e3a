// The scenario as a whole: what a reader and a test need of it.
#include "protocols/base/ascii.h"
#include "sim/lint/checks.h"

namespace mailcosm::sim::lint {

void check_texts(const Subject& subject, Findings& findings) {
  const scenario::SourcePosition top{0, 1, 1};
  if (subject.scenario.expectations.empty()) {
    findings.add("no-expectations", top, "the scenario expects nothing",
                 "add 'expect', for example '- mailbox: bob@blue.com' with 'has: {count: 1}'");
  }
  if (ascii::trim(subject.scenario.title).empty()) {
    const scenario::Node* title = subject.at({"title"});
    findings.add("title-empty", title == nullptr ? top : title->source, "the title is empty");
  }
}

}  // namespace mailcosm::sim::lint
