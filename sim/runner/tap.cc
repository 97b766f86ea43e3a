#include "sim/runner/tap.h"

#include <fmt/format.h>

#include "sim/runner/points.h"
#include "sim/trace/line_text.h"

namespace mailcosm::sim::runner {
namespace {

constexpr std::size_t kLineMax = 1'000;

// A description: one line, in which # and \ mean themselves.
std::string description(std::string_view text) {
  std::string result;
  for (char c : printable(text, kLineMax)) {
    if (c == '#' || c == '\\') result.push_back('\\');
    result.push_back(c);
  }
  return result;
}

// A double-quoted YAML scalar.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (char c : printable(text, kLineMax)) {
    if (c == '"' || c == '\\') result.push_back('\\');
    result.push_back(c);
  }
  return result + "\"";
}

std::string block(std::string_view key, std::string_view text, std::string_view indent) {
  std::string result = fmt::format("{}{}: |\n", indent, key);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string line = printable(text.substr(0, end), kLineMax);
    // Empty lines, too: simple readers take one without indentation for the end.
    result += fmt::format("{}  {}\n", indent, line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return result;
}

std::string diagnostics(const CaseResult& result, const Point& point) {
  constexpr std::string_view kIndent = "      ";
  std::string text = fmt::format("{}---\n{}message: {}\n", kIndent, kIndent, quoted(point.message));
  text += fmt::format(
      "{0}severity: {1}\n{0}at:\n{0}  file: {2}\n{0}  line: {3}\n{0}  column: {4}\n", kIndent,
      point.state == Point::State::kError ? "error" : "fail", quoted(result.file),
      std::max(point.source.line, 1u), std::max(point.source.column, 1u));
  text += fmt::format("{0}seed: {1}\n{0}digest: \"{2:016x}\"\n{0}reproduction: {3}\n", kIndent,
                      result.seed, result.digest, quoted(result.reproduction));
  return text + block("detail", point.detail, kIndent) + std::string(kIndent) + "...\n";
}

}  // namespace

std::string tap_begin(std::size_t cases) { return fmt::format("TAP version 14\n1..{}\n", cases); }

std::string tap_case(const CaseResult& result, std::size_t number) {
  const std::string name = description(name_of(result.file, result.variant));
  if (result.verdict == Verdict::kStopped)
    return fmt::format("ok {} - {} # SKIP stopped\n", number, name);
  const std::vector<Point> points = points_of(result);
  std::string text = fmt::format("# Subtest: {}\n    1..{}\n", name, points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point& point = points[i];
    text += fmt::format("    {}ok {} - {}", point.is_bad() ? "not " : "", i + 1,
                        description(point.name));
    if (point.state == Point::State::kSkipped)
      text += fmt::format(" # SKIP {}", printable(point.message, kLineMax));
    text += "\n";
    if (point.is_bad()) text += diagnostics(result, point);
  }
  return text + fmt::format("{}ok {} - {}\n", result.passed() ? "" : "not ", number, name);
}

std::string tap_bail_out(std::string_view reason) {
  return fmt::format("Bail out! {}\n", printable(reason, kLineMax));
}

}  // namespace mailcosm::sim::runner
