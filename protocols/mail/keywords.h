// Keywords: a list of phrases separated by commas (RFC 5322 section 3.6.5).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailcosm::mail {

// Each phrase on one line with its encoded words decoded; empty ones are left out. `text` is a
// field body, folded or not.
std::vector<std::string> parse_keywords(std::string_view text, std::size_t count_max = 1'000);

}  // namespace mailcosm::mail
