// The signs of golden files.
#pragma once

#include <string_view>

#include "sim/golden/golden.h"

namespace mailcosm::sim {

inline constexpr std::string_view kGoldenMagic = "mailcosm golden";
inline constexpr int kGoldenVersion = 1;
inline constexpr std::string_view kMarkIndent = "  ";
inline constexpr std::string_view kLeftOut = "steps not shown, which only the fingerprints cover:";

// In the order of GoldenLine::Mark; each ends with a space.
inline constexpr std::array<std::string_view, 6> kGoldenMarks = {
    "-> ", "<- ", "=== ", "*** ", "=> ", "=>! "};

inline std::string_view mark_text(GoldenLine::Mark mark) {
  return kGoldenMarks[static_cast<std::size_t>(mark)];
}

}  // namespace mailcosm::sim
