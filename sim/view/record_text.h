// One record as one line of text, for terminals.
#pragma once

#include <string>

#include "sim/trace/narrative/names.h"
#include "sim/trace/record.h"

namespace mailcosm::sim::view {

// A sentence where the narrative has one ("mail.red.com takes responsibility ..."), the line of a
// dialogue with its direction ("-> MAIL FROM:<...>"), else the kind and its fields. Without control
// characters, at most `columns` long.
std::string record_text(const Record& record, const narrative::Names& names, std::size_t columns);

}  // namespace mailcosm::sim::view
