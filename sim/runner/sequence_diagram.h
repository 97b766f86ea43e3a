// A conversation as a mermaid sequence diagram.
#pragma once

#include <string>

#include "sim/runner/conversation.h"

namespace mailcosm::sim::runner {

// The text of a ```mermaid block, without the fences: two participants, an arrow for each line and
// a note for each remark (sim/view/mermaid.h). Whatever the lines hold, they stay text.
std::string sequence_diagram(const Conversation& conversation);

}  // namespace mailcosm::sim::runner
