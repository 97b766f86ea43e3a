#include "sim/runner/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "protocols/base/ascii.h"
#include "protocols/base/glob.h"

namespace mailcosm::sim::runner {
namespace {

constexpr std::uint64_t kRangeMax = 1'000'000;
constexpr std::uint32_t kShardMax = 10'000;

template <typename Number>
bool parse_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0;
}

}  // namespace

bool fits(std::string_view filter, std::string_view path, std::string_view title) {
  if (filter.find_first_of("*?") == std::string_view::npos) {
    const std::string part = ascii::to_lower(filter);
    return ascii::to_lower(path).find(part) != std::string::npos ||
           ascii::to_lower(title).find(part) != std::string::npos;
  }
  const auto matches = [filter](std::string_view text) {
    return matches_glob(text, filter, GlobCase::kIgnored);
  };
  if (matches(title) || matches(path)) return true;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    if (matches(path.substr(slash + 1))) return true;
  }
  return false;
}

std::string top_value(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.starts_with(key) || !line.substr(key.size()).starts_with(':')) continue;
    line.remove_prefix(key.size() + 1);
    const std::size_t begin = line.find_first_not_of(" \t\"'");
    if (begin == std::string_view::npos) return "";
    line.remove_prefix(begin);
    return std::string(line.substr(0, line.find_last_not_of(" \t\r\"'") + 1));
  }
  return "";
}

Result<Shard> parse_shard(std::string_view text) {
  const std::size_t slash = text.find('/');
  Shard shard;
  if (slash != std::string_view::npos && parse_number(text.substr(0, slash), shard.index) &&
      parse_number(text.substr(slash + 1), shard.count) && shard.index <= shard.count &&
      shard.count <= kShardMax) {
    return shard;
  }
  return Error{
      fmt::format("'{}' is no shard: expects I/N with I from 1 to N, for example 2/5", text), 0};
}

std::vector<std::string> take_shard(const std::vector<std::string>& files, Shard shard) {
  std::vector<std::string> taken;
  for (std::size_t i = shard.index - 1; i < files.size(); i += shard.count)
    taken.push_back(files[i]);
  return taken;
}

Result<Range> parse_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  Range range;
  const bool good = dots == std::string_view::npos
                        ? parse_number(text, range.first) && parse_number(text, range.last)
                        : parse_number(text.substr(0, dots), range.first) &&
                              parse_number(text.substr(dots + 2), range.last);
  if (!good || range.last < range.first) {
    return Error{
        fmt::format("'{}' is no range: expects a number or A..B with A <= B, for example 1..20",
                    text),
        0};
  }
  if (range.last - range.first >= kRangeMax) {
    return Error{fmt::format("'{}' is more than {} numbers", text, kRangeMax), 0};
  }
  return range;
}

}  // namespace mailcosm::sim::runner
