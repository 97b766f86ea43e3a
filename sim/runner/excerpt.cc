#include "sim/runner/excerpt.h"

#include <fmt/format.h>

#include "sim/trace/line_text.h"

namespace mailcosm::sim::runner {
namespace {

constexpr std::string_view kDots = "...";
constexpr std::size_t kColumns = 88;        // of the text that is shown
constexpr std::size_t kColumnsBefore = 60;  // of the caret in a longer line

// Octets of the first `columns` characters.
std::size_t octets_of(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  for (std::size_t column = 0; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xc0u) != 0x80u;
    if (starts && column++ == columns) break;
  }
  return at;
}

std::string with_caret(const scenario::SourceText& text, scenario::SourcePosition position,
                       std::string_view remark) {
  if (!position.known() || position.line > text.lines()) return "";
  std::string_view line = text.line(position.line);
  std::size_t column = position.column - std::min(position.column, 1u);
  std::string cut;
  if (column > kColumnsBefore) {
    line.remove_prefix(octets_of(line, column - kColumnsBefore + kDots.size()));
    cut = std::string(kDots) + std::string(line);
    line = cut;
    column = kColumnsBefore;
  }
  // Tabs and the like become longer, so the caret goes where its text ends up.
  const std::size_t before = octets_of(line, column);
  const std::string front = printable(line.substr(0, before), 10 * kColumns);
  std::string shown = printable(line, kColumns);
  while (shown.ends_with(' ')) shown.pop_back();
  std::string result = fmt::format("{:>6} | {}\n", position.line, shown);
  result += fmt::format("       | {:{}}^", "", columns_of(front));
  if (!remark.empty()) result += fmt::format(" found: {}", remark);
  return result + "\n";
}

}  // namespace

std::string excerpt(const scenario::SourceText& text, scenario::SourcePosition expectation,
                    scenario::SourcePosition check, std::string_view found) {
  const bool apart =
      check.known() && check.file == expectation.file && check.line != expectation.line;
  if (columns_of(found) > kFoundColumns) found = {};
  std::string result = with_caret(text, expectation, apart ? "" : found);
  if (apart) result += with_caret(text, check, found);
  return result;
}

}  // namespace mailcosm::sim::runner
