// Style: how the narrative marks headings and protocol lines. Marks are additions; nothing is told
// by colour alone.
#pragma once

#include <string_view>

namespace mailcosm::sim {

struct Style {
  std::string_view heading_on, heading_off;    // the sentence of a step
  std::string_view protocol_on, protocol_off;  // lines of a dialogue
  std::string_view failure_on, failure_off;    // what went wrong

  static constexpr Style plain() { return {}; }
  static constexpr Style ansi() {
    return {"\x1b[1m", "\x1b[0m", "\x1b[2m", "\x1b[0m", "\x1b[31m", "\x1b[0m"};
  }
};

}  // namespace mailcosm::sim
