#include "sim/trace/narrative/excerpt.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/trace/narrative/names.h"

namespace mailcosm::sim::narrative {

void Excerpt::add(Mark mark, std::string_view bytes) {
  mark_ = mark;
  octets_ += bytes.size();
  line_ends_ += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  front_.append(bytes.substr(0, kKept - std::min(kKept, front_.size())));
}

void Excerpt::take(Step& step, std::size_t lines_shown, std::size_t lines_max) {
  std::string_view rest = front_;
  std::uint64_t shown = 0;
  while (!rest.empty() && shown < lines_shown) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    // A folded header field (RFC 5322 section 2.2.3) keeps its look.
    const bool folded = line.starts_with('\t');
    if (folded) line.remove_prefix(1);
    step.add_line(mark_, folded ? "    " + std::string(line) : std::string(line), lines_max);
    ++shown;
  }
  const std::string size = fmt::format("{} octets", grouped(octets_));
  step.add_line(Mark::kRemark,
                shown < line_ends_ ? fmt::format("... {} lines more of this message of {}",
                                                 line_ends_ - shown, size)
                                   : fmt::format("({} of message)", size),
                lines_max);
  *this = {};
}

}  // namespace mailcosm::sim::narrative
