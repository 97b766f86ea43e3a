// The JSON Schema and the reference tables of the language, both made from the definition table
// (keys.h).
#pragma once

#include <string>

namespace mailcosm::sim::scenario {

// JSON Schema, draft 2020-12, pretty-printed, ends with a line feed.
std::string json_schema();
// The tables of docs/scenario-format.md between its "generated" marks.
std::string reference_tables();

}  // namespace mailcosm::sim::scenario
