// Limits of the scenario language. They keep a bad file from costing time or memory, and are far
// above what real scenarios need; a scenario that is larger is written with the shorthands.
#pragma once

#include <cstddef>

namespace mailcosm::sim::scenario {

inline constexpr std::size_t kFileSizeMax = 4 << 20;     // one file
inline constexpr std::size_t kLineBytesMax = 64 << 10;   // one line
inline constexpr std::size_t kDepthMax = 32;             // lists and mappings inside each other
inline constexpr std::size_t kBracketsMax = 500;         // that one line opens and leaves open
inline constexpr std::size_t kNodesMax = 400'000;        // values and keys in one file
inline constexpr std::size_t kKeyBytesMax = 512;         // one key
inline constexpr std::size_t kProblemsMax = 20;          // reported in one go
inline constexpr std::size_t kLineShownMax = 160;        // octets of an offending line in a message
inline constexpr std::size_t kOverridesMax = 256;        // --set options
inline constexpr std::size_t kRepeatedMax = 100'000;     // names that ranges stand for
inline constexpr std::size_t kHostsMax = 200'000;        // of the expanded scenario
inline constexpr std::size_t kZoneRecordsMax = 200'000;  // of one zone
inline constexpr std::size_t kMessageChoicesMax = 10'000;  // recipients of one step
inline constexpr std::size_t kAnswersMax = 8;              // of one question of the lesson

}  // namespace mailcosm::sim::scenario
