// Selection: which of the discovered scenarios run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.h"

namespace mailcosm::sim::runner {

// Whether a scenario is chosen by a filter: a pattern with * and ? must fit the whole path or title
// or a tail of the path behind a slash; any other text must be a part of path or title. Letters of
// ASCII compare without case.
bool fits(std::string_view filter, std::string_view path, std::string_view title);

// The value of a key at the top of a scenario's text, as far as it stands on the line of its key,
// without quotes; so that a filter for titles needs to parse no file. Empty if there is no such
// key.
std::string top_value(std::string_view text, std::string_view key);

// Part `index` (from 1) of `count`: every count-th file, so that the parts differ in size by one at
// most, their union is everything, and nothing is in two.
struct Shard {
  std::uint32_t index = 1;
  std::uint32_t count = 1;
};
// "2/5"; an error says what is expected.
Result<Shard> parse_shard(std::string_view text);
std::vector<std::string> take_shard(const std::vector<std::string>& files, Shard shard);

// "3", or "1..20" with both ends; at most 1,000,000 numbers, all positive.
struct Range {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
};
Result<Range> parse_range(std::string_view text);

}  // namespace mailcosm::sim::runner
