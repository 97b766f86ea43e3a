// Suggestions for misspelt words.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mailcosm::sim::scenario {

// The number of single-character insertions, deletions, replacements and swaps of neighbours
// between two words.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to `word`, if it is near enough to be what was meant; the first of equals.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates);

// "did you mean 'subject'?", or if none is near "possible here: a, b, c" for a short list, or
// nothing.
std::string suggestion_for(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace mailcosm::sim::scenario
