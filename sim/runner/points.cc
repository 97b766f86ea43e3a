#include "sim/runner/points.h"

#include <fmt/format.h>

#include "sim/runner/excerpt.h"
#include "sim/trace/line_text.h"
#include "sim/trace/narrative/page.h"

namespace mailcosm::sim::runner {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kTextMax = 2'000;  // columns of a sentence
constexpr scenario::SourcePosition kTop{0, 1, 1};

// Indented, and broken between words.
std::string paragraph(std::string_view heading, std::string_view text) {
  std::string result = "  " + std::string(heading);
  const std::string indent(result.size(), ' ');
  bool first = true;
  for (const std::string& row :
       narrative::wrap(printable(text, kTextMax), kWidth - 2 - indent.size(), 20)) {
    result += (first ? "" : indent) + row + "\n";
    first = false;
  }
  return result;
}

std::string place(std::string_view file, scenario::SourcePosition source) {
  return fmt::format("{}:{}", file, source.known() ? source.line : 1);
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

// The message without the place in front, which is told apart.
std::string without_place(std::string_view text, std::string_view file) {
  std::string_view line = text.substr(0, text.find('\n'));
  if (!line.starts_with(file)) return std::string(line);
  const std::size_t space = line.find(": ", file.size());
  return std::string(space == std::string_view::npos ? line : line.substr(space + 2));
}

std::string reproduce(const CaseResult& result) {
  return fmt::format("Reproduce it with: {}\n", result.reproduction);
}

Point error(const CaseResult& result, std::string name) {
  Point point;
  point.state = Point::State::kError;
  point.name = std::move(name);
  point.source = result.problem_source.known() ? result.problem_source : kTop;
  point.message = without_place(result.problem, result.file);
  point.detail = fmt::format("{}: {}\n{}{}", place(result.file, point.source), point.message,
                             result.problem, reproduce(result));
  return point;
}

Point expectation_point(const CaseResult& result, std::size_t index) {
  const ExpectationOutcome& outcome = result.expectations[index];
  Point point;
  point.name = fmt::format("{}. {}", index + 1, outcome.sentence);
  point.source = outcome.source.file == 0 && outcome.source.known() ? outcome.source : kTop;
  if (outcome.held) return point;
  point.state = Point::State::kFailed;
  point.message = fmt::format("{} Found: {}", outcome.sentence, outcome.found);
  point.detail = failure_text(outcome) + reproduce(result);
  if (!outcome.conversation.empty()) point.conversation = &outcome.conversation;
  return point;
}

Point golden_point(const CaseResult& result) {
  Point point;
  point.name = "golden";
  point.source = kTop;
  switch (result.golden.state) {
    case GoldenOutcome::State::kSame:
      return point;
    case GoldenOutcome::State::kNotCompared:
      point.state = Point::State::kSkipped;
      point.message = result.golden.summary;
      return point;
    case GoldenOutcome::State::kDiffers:
      point.state = Point::State::kFailed;
      point.message = "The run differs from its golden: " + first_line(result.golden.summary);
      break;
    case GoldenOutcome::State::kUnreadable:
      point.state = Point::State::kError;
      point.message = first_line(result.golden.summary);
      break;
  }
  point.detail = golden_text(result) + reproduce(result);
  return point;
}

}  // namespace

std::vector<Point> points_of(const CaseResult& result) {
  std::vector<Point> points;
  switch (result.verdict) {
    case Verdict::kUnreadable:
    case Verdict::kInvalid:
      if (result.golden.state == GoldenOutcome::State::kUnreadable) break;
      points.push_back(error(result, "parses"));
      return points;
    case Verdict::kInternalError:
      points.push_back(error(result, "runs"));
      return points;
    case Verdict::kStopped:
      points.push_back({Point::State::kSkipped, "parses", "stopped before its end", "", kTop, {}});
      return points;
    default:
      break;
  }
  points.push_back({Point::State::kHeld, "parses", "", "", kTop, nullptr});
  if (result.verdict == Verdict::kNondeterministic) points.push_back(error(result, "runs alike"));
  for (std::size_t i = 0; i < result.expectations.size(); ++i)
    points.push_back(expectation_point(result, i));
  points.push_back(golden_point(result));
  return points;
}

std::string failure_text(const ExpectationOutcome& outcome) {
  std::string text = fmt::format("{}: {}\n", place(outcome.file, outcome.source),
                                 printable(outcome.sentence, kTextMax));
  text += outcome.excerpt;
  if (!outcome.formal.empty()) text += paragraph("wanted: ", outcome.formal);
  if (outcome.excerpt.empty() || columns_of(outcome.found) > kFoundColumns)
    text += paragraph("found: ", outcome.found);
  if (outcome.conversation.empty()) return text;
  text += fmt::format("  {}:\n", heading_of(outcome.conversation));
  return text + to_text(outcome.conversation, "   ", kWidth);
}

std::string golden_text(const CaseResult& result) {
  const std::string golden = golden_file_of(result.file);
  if (result.golden.state == GoldenOutcome::State::kUnreadable)
    return fmt::format("{}:1: {}: {}\n", result.file, golden, result.golden.summary);
  return fmt::format("{}:1: the run is no longer that of {}\n", result.file, golden) +
         result.golden.report;
}

}  // namespace mailcosm::sim::runner
