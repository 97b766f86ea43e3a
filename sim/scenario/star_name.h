// Names with a star that stands for a number: "u*".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/scenario/fields.h"
#include "sim/scenario/reporter.h"

namespace mailcosm::sim::scenario {

// REQUIRES: a star in the pattern.
std::string with_number(std::string_view pattern, std::uint64_t number);

// The pattern of a key, in lower case. Reports one that has not exactly one star, or that gives no
// good name of the kind.
enum class StarName : std::uint8_t { kLocalPart, kDomain };
std::string read_star_name(const Fields& fields, std::string_view key, StarName kind,
                           Reporter& reporter);

}  // namespace mailcosm::sim::scenario
