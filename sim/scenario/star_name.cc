#include "sim/scenario/star_name.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/names.h"

namespace mailcosm::sim::scenario {

std::string with_number(std::string_view pattern, std::uint64_t number) {
  const std::size_t star = pattern.find('*');
  std::string name(pattern.substr(0, star));
  name += std::to_string(number);
  name += pattern.substr(star + 1);
  return name;
}

std::string read_star_name(const Fields& fields, std::string_view key, StarName kind,
                           Reporter& reporter) {
  const std::string pattern = fields.name(key);
  const bool local_part = kind == StarName::kLocalPart;
  const std::string_view example = local_part ? "u*" : "d*.com";
  if (std::count(pattern.begin(), pattern.end(), '*') != 1) {
    reporter.add(fields.source(key), fmt::format("{}: '{}' has not one star", key, pattern),
                 "The star stands for the number that tells one from another.",
                 fmt::format("for example {}", example));
    return std::string(example);
  }
  const std::string longest = with_number(pattern, 10'000'000);
  const bool good = local_part ? is_local_part(longest)
                               : is_domain(longest) && longest.find('.') != std::string::npos;
  if (good) return pattern;
  reporter.add(fields.source(key),
               fmt::format("{}: '{}' makes no {}", key, pattern,
                           local_part ? "local part of a mail address" : "domain for mail"),
               local_part ? "It is the part in front of the @."
                          : "It consists of letters, digits and hyphens, and lies below a "
                            "top-level domain.",
               fmt::format("for example {}", example));
  return std::string(example);
}

}  // namespace mailcosm::sim::scenario
