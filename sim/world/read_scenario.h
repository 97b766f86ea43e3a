// read_scenario: from the text of a scenario to its model, with the checks that need to know the
// trace.
//
// scenario::parse() knows no records; so whether `event: mx.selekted` names a kind of record, and
// its fields fields of that kind, is found here. Every command reads scenarios through this
// function. As parse(): never throws, reads no file, clock or environment.
#pragma once

#include <span>
#include <string_view>

#include "sim/scenario/parse.h"

namespace mailcosm::sim {

// `file` is only used in messages.
scenario::Parsed read_scenario(std::string_view file, std::string_view text,
                               std::span<const scenario::Override> overrides = {});

}  // namespace mailcosm::sim
