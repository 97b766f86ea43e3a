// Excerpts of a scenario's text, with carets.
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/source_text.h"

namespace mailcosm::sim::runner {

// The line of an expectation with a caret below, and if the comparison that failed stands in
// another line, that one too, with `found` beside its caret:
//
//      41 |   - says: Bob's mailbox holds one message.
//         |     ^
//      43 |     has: {count: 2}
//         |           ^ found: count is 1
//
// A finding of more than kFoundColumns is too long for that and left out.
// Positions that are unknown or in no line are left out. Ends with a line feed unless empty.
inline constexpr std::size_t kFoundColumns = 50;
std::string excerpt(const scenario::SourceText& text, scenario::SourcePosition expectation,
                    scenario::SourcePosition check, std::string_view found);

}  // namespace mailcosm::sim::runner
