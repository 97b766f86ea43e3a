#include "protocols/base/glob.h"

#include "protocols/base/ascii.h"

namespace mailcosm {

bool matches_glob(std::string_view text, std::string_view pattern, GlobCase letter_case) {
  const auto equal = [letter_case](char a, char b) {
    return a == b ||
           (letter_case == GlobCase::kIgnored && ascii::to_lower(a) == ascii::to_lower(b));
  };
  // Where to go on if what follows the last * does not fit: one octet later.
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  std::size_t t = 0;
  std::size_t p = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || equal(pattern[p], text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace mailcosm
