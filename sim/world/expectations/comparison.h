// Comparisons of what was found with what an expectation wants.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/comparison.h"
#include "sim/trace/kind.h"

namespace mailcosm::sim::expectations {

// What a property is: several texts (a field may occur several times), or one number.
struct Property {
  FieldType type = FieldType::kText;
  std::vector<std::string> texts;
  std::int64_t number = 0;
  bool known = true;    // false: there is no such property here
  std::string shown{};  // in reports instead of the value; may be empty
};

using scenario::holds;

// Of several texts one must fit; for is_not and contains_not all must.
bool holds(const scenario::Check& check, const Property& property);

// What was found, for the report: "\"Lunch\"", "3", "20 ms", "no such field".
std::string to_text(const Property& property);

}  // namespace mailcosm::sim::expectations
