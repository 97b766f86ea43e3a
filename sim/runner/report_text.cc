#include "sim/runner/report_text.h"

#include <fmt/format.h>

#include "sim/runner/points.h"
#include "sim/trace/line_text.h"

namespace mailcosm::sim::runner {
namespace {

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string_view mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "ok   ";
    case Verdict::kFailed:
      return "FAIL ";
    case Verdict::kStopped:
      return "-    ";
    default:
      return "ERROR";
  }
}

std::string failed_parts(const CaseResult& result) {
  std::string parts;
  if (result.failed_expectations() != 0) {
    parts = fmt::format("{} of {} failed", result.failed_expectations(),
                        plural(result.expectations.size(), "expectation"));
  }
  if (result.golden.state == GoldenOutcome::State::kDiffers) {
    parts += fmt::format("{}golden: {}", parts.empty() ? "" : "; ", result.golden.summary);
  }
  return parts;
}

std::string parts_of(const CaseResult& result) {
  switch (result.verdict) {
    case Verdict::kPassed:
      return plural(result.expectations.size(), "expectation") +
             (result.golden.state == GoldenOutcome::State::kSame ? ", golden" : "");
    case Verdict::kFailed:
      return failed_parts(result);
    case Verdict::kInvalid:
      return result.golden.state == GoldenOutcome::State::kUnreadable ? "golden file malformed"
                                                                      : "malformed";
    case Verdict::kUnreadable:
      return "cannot be read";
    case Verdict::kNondeterministic:
      return "two runs differ";
    case Verdict::kInternalError:
      return "internal error";
    case Verdict::kStopped:
      return "stopped";
  }
  return "";
}

std::string indented(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!line.empty()) result += "  ";
    // Its lines are laid out already; only what could disturb a terminal is replaced.
    result += printable(line, line.size() + 1);
    result += "\n";
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return result;
}

}  // namespace

void Totals::add(const CaseResult& result) {
  switch (result.verdict) {
    case Verdict::kPassed:
      ++passed;
      break;
    case Verdict::kFailed:
      ++failed;
      break;
    case Verdict::kInvalid:
      ++invalid;
      break;
    case Verdict::kUnreadable:
      ++unreadable;
      break;
    case Verdict::kNondeterministic:
      ++nondeterministic;
      break;
    case Verdict::kInternalError:
      ++internal_errors;
      break;
    case Verdict::kStopped:
      ++stopped;
      break;
  }
}

std::size_t Totals::run() const {
  return passed + failed + invalid + unreadable + nondeterministic + internal_errors;
}

int Totals::exit_code() const {
  if (internal_errors + unreadable != 0) return 4;
  if (nondeterministic != 0) return 5;
  if (failed != 0) return 1;
  return invalid != 0 ? 3 : 0;
}

std::string status_line(const CaseResult& result, const Style& style) {
  const bool bad = !result.passed() && result.verdict != Verdict::kStopped;
  return fmt::format("{}{}{} {} ({})\n", bad ? style.failure_on : "", mark_of(result.verdict),
                     bad ? style.failure_off : "",
                     printable(name_of(result.file, result.variant), 1'000), parts_of(result));
}

std::string failure_report(const CaseResult& result, const Style& style) {
  if (result.passed() || result.verdict == Verdict::kStopped) return "";
  std::string text;
  if (!result.problem.empty()) text += "\n" + indented(result.problem);
  for (const ExpectationOutcome& outcome : result.expectations) {
    if (!outcome.held) text += "\n" + indented(failure_text(outcome));
  }
  if (result.golden.state == GoldenOutcome::State::kDiffers ||
      result.golden.state == GoldenOutcome::State::kUnreadable) {
    text += "\n" + indented(golden_text(result));
  }
  text += fmt::format("\n  Reproduce it with: {}{}{}\n", style.heading_on, result.reproduction,
                      style.heading_off);
  if (!result.artifacts.empty()) {
    const std::string& file = result.artifacts.front();
    text += fmt::format("  All about it is in: {}\n",
                        printable(file.substr(0, file.rfind('/')), 1'000));
  }
  return text + "\n";
}

std::string closing_line(const Totals& totals) {
  std::string text = plural(totals.run(), "scenario run") + ": ";
  text += fmt::format("{} passed", totals.passed);
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count != 0) text += fmt::format(", {} {}", count, what);
  };
  add(totals.failed, "failed");
  add(totals.invalid, "malformed");
  add(totals.unreadable, "not readable");
  add(totals.nondeterministic, "nondeterministic");
  add(totals.internal_errors, totals.internal_errors == 1 ? "internal error" : "internal errors");
  add(totals.stopped, "stopped");
  return text + ".\n";
}

}  // namespace mailcosm::sim::runner
