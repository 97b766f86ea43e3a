#include "sim/lint/finding.h"

#include <fmt/format.h>

#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::sim::lint {

void Findings::add(std::string_view rule, scenario::SourcePosition source, std::string message,
                   std::string suggestion) {
  const Rule* known = find_rule(rule);
  CHECK(known != nullptr);
  const std::string key =
      fmt::format("{} {} {} {} {}", rule, source.file, source.line, source.column, message);
  if (!known_.insert(key).second) return;
  all_.push_back({known, source, std::move(message), std::move(suggestion)});
}

}  // namespace mailcosm::sim::lint
