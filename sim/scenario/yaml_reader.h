// read_yaml: from text to Node. The only place that knows yaml-cpp.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/scenario/node.h"
#include "sim/scenario/reporter.h"

namespace mailcosm::sim::scenario {

// Reads the one document of the reporter's file `file`. Whatever is wrong is reported: text that is
// not YAML, limits, duplicate keys, anchors, aliases, tags, merge keys, keys that are not plain
// words, several documents. A tree comes back whenever the text could be read to its end, problems
// or not.
std::optional<Node> read_yaml(std::uint32_t file, Reporter& reporter);

}  // namespace mailcosm::sim::scenario
