#include "sim/lint/finding.h"

#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::sim::lint {

void Findings::add(std::string_view rule, scenario::SourcePosition source, std::string message,
                   std::string suggestion) {
  const Rule* known = find_rule(rule);
  CHECK(known != nullptr);
  for (const Finding& other : all_) {
    if (other.rule == known && other.source == source && other.message == message) return;
  }
  all_.push_back({known, source, std::move(message), std::move(suggestion)});
}

}  // namespace mailcosm::sim::lint
