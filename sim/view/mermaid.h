// Mermaid: diagrams as the text that GitHub and many wikis draw (https://mermaid.js.org).
#pragma once

#include <string>
#include <string_view>

#include "sim/view/network_map.h"
#include "sim/view/sequence.h"

namespace mailcosm::sim::view {

// Mermaid refuses more text than this by default.
inline constexpr std::size_t kMermaidOctetsMax = 50'000;
// Items that fit into it with texts of kMermaidColumns.
inline constexpr std::size_t kMermaidItemsMax = 250;
inline constexpr std::size_t kMermaidColumns = 80;

// A sequence diagram without the fence of Markdown. Stops before kMermaidOctetsMax, with a note of
// how many items are missing.
std::string mermaid_sequence(const Sequence& sequence);

// The network as a flowchart. Stops as above.
std::string mermaid_network(const NetworkMap& map);

// Text as Mermaid text: everything that has a meaning there, or could begin one, as a character
// code. REQUIRES: no control characters.
std::string mermaid_escaped(std::string_view text);

}  // namespace mailcosm::sim::view
