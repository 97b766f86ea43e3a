// Reads what expectations and conditions of faults choose: comparisons, and the topics that they
// belong to.
#pragma once

#include <vector>

#include "sim/scenario/draft.h"
#include "sim/scenario/expectation.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/people.h"

namespace mailcosm::sim::scenario {

// Appends one check for each comparison and each element of a value whose form check_shape has
// approved. `check` gives its name.
void read_checks(const Node& node, Type type, Check check, std::vector<Check>& checks);

// The same for a mapping of record fields to values.
void read_field_checks(const Node& map, std::vector<Check>& checks);

// Appends what a topic chooses: one check for each key that is there or has a default. Reports
// hosts and users that do not exist.
void read_topic(const Fields& fields, const Shape& shape, const People& people, Draft& draft,
                std::vector<Check>& checks);

// Reports that there is no such host. `reason` tells why it matters.
void report_no_host(const std::string& name, SourcePosition source, std::string reason,
                    Draft& draft);

}  // namespace mailcosm::sim::scenario
