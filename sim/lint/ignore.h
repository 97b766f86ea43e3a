// Exemptions: what the `x-ignore` keys of a scenario say about which rules do not count where.
#pragma once

#include <string>
#include <vector>

#include "sim/lint/finding.h"
#include "sim/scenario/node.h"

namespace mailcosm::sim::lint {

class Exemptions {
 public:
  // All of the tree below `root`.
  explicit Exemptions(const scenario::Node& root);

  // Takes the findings away that an `x-ignore` covers, and adds one for every word of an `x-ignore`
  // that is no rule or covered nothing.
  void apply(Findings& findings);

 private:
  struct Word {
    std::string rule;
    scenario::SourcePosition source;
    bool used = false;
  };
  // Of one mapping: from its key, or where it begins itself, to its last value.
  struct Range {
    scenario::SourcePosition first, last;
    bool whole_file = false;
    std::vector<Word> words;
  };

  scenario::SourcePosition collect(const scenario::Node& node, scenario::SourcePosition first,
                                   bool top);
  bool covers(const Finding& finding);

  std::vector<Range> ranges_;
};

}  // namespace mailcosm::sim::lint
