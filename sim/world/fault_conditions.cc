#include "sim/world/fault_conditions.h"

#include <algorithm>

#include "sim/world/record_choice.h"

namespace mailcosm::sim {

FaultConditions::FaultConditions(const scenario::Scenario& scenario, const TraceHeader& header,
                                 FaultEngine& engine)
    : header_(header), engine_(engine) {
  for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
    const auto& when = scenario.faults[i].when;
    if (!when) continue;
    conditions_.push_back({i, &*when, when->nth});
    const std::size_t condition = conditions_.size() - 1;
    for (Kind kind : kinds_chosen(when->topic, when->where)) listen(condition, kind);
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
    if (fits(condition.model->where, candidate) && --condition.left == 0)
      engine_.strike(condition.fault, record.id);
  }
}

}  // namespace mailcosm::sim
