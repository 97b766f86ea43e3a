#include "sim/world/fault_conditions.h"

#include <algorithm>

#include "sim/world/expectations/comparison.h"

namespace mailcosm::sim {

FaultConditions::FaultConditions(const scenario::Scenario& scenario, const TraceHeader& header,
                                 FaultEngine& engine)
    : header_(header), engine_(engine) {
  for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
    const auto& when = scenario.faults[i].when;
    if (!when) continue;
    conditions_.push_back({i, &*when, when->nth});
    const std::size_t condition = conditions_.size() - 1;
    if (when->topic == scenario::Topic::kLine) {
      listen(condition, Kind::kLineSent);
      listen(condition, Kind::kLineReceived);
      continue;
    }
    for (const scenario::Check& check : when->where) {
      if (check.property != "kind") continue;
      if (const auto kind = kind_of(check.text)) listen(condition, *kind);
    }
  }
}

void FaultConditions::listen(std::size_t condition, Kind kind) {
  by_kind_[static_cast<std::size_t>(kind)].push_back(condition);
  depth_ = std::max(depth_, info_of(kind).layer);
}

void FaultConditions::accept(const Record& record) {
  for (std::size_t index : by_kind_[static_cast<std::size_t>(record.kind)]) {
    Condition& condition = conditions_[index];
    if (condition.left == 0) continue;
    const expectations::RecordCandidate candidate(record, header_, composed_);
    const auto& where = condition.model->where;
    const bool fits = std::all_of(where.begin(), where.end(), [&](const scenario::Check& check) {
      return expectations::holds(check, candidate.property(check));
    });
    if (fits && --condition.left == 0) engine_.strike(condition.fault, record.id);
  }
}

}  // namespace mailcosm::sim
