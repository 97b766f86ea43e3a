// Finding: where a rule found something. Findings: collects them.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/lint/rule.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::lint {

struct Finding {
  const Rule* rule = nullptr;
  scenario::SourcePosition source;
  std::string message;     // without full stop
  std::string suggestion;  // what to do; may be empty
};

class Findings {
 public:
  // REQUIRES: there is a rule of this name. The same message for the same place counts once.
  void add(std::string_view rule, scenario::SourcePosition source, std::string message,
           std::string suggestion = {});
  std::vector<Finding>& all() { return all_; }

 private:
  std::vector<Finding> all_;
  std::set<std::string> known_;  // rule, place and message of each
};

}  // namespace mailcosm::sim::lint
