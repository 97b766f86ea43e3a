// SourcePosition: where in the scenario's text something was said, for messages.
#pragma once

#include <cstdint>

namespace mailcosm::sim::scenario {

// `file` is an index into Scenario::files: 0 is the scenario file, the others are overrides given
// by --set. Lines and columns count from 1; line 0 means "nowhere in the text". Something that a
// shorthand made has the position of the shorthand. Columns count characters (code points), as
// editors do.
struct SourcePosition {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  bool known() const { return line != 0; }
  friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

}  // namespace mailcosm::sim::scenario
