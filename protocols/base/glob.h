// Glob: patterns in which * stands for any octets and ? for one.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailcosm {

enum class GlobCase : std::uint8_t { kExact, kIgnored };  // of ASCII letters

// Whether the whole text fits the pattern. Takes at most text.size() * pattern.size() steps and no
// memory.
bool matches_glob(std::string_view text, std::string_view pattern,
                  GlobCase letter_case = GlobCase::kExact);

}  // namespace mailcosm
