#include "sim/runner/github.h"

#include <fmt/format.h>

#include "sim/runner/points.h"
#include "sim/runner/sequence_diagram.h"
#include "sim/trace/line_text.h"

namespace mailcosm::sim::runner {
namespace {

constexpr std::size_t kTextMax = 4'000;  // octets of one annotation or detail
constexpr std::size_t kRowsMax = 200;    // of the table

// Workflow commands escape %, CR and LF, and in properties also ':' and ','.
std::string escape(std::string_view text, bool property) {
  std::string result;
  for (char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    if (special) {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      result.push_back(c);
    }
  }
  return result;
}

// Lines that are safe to show, cut at a line.
std::string shortened(std::string_view text) {
  std::string result;
  while (!text.empty() && result.size() < kTextMax) {
    const std::size_t end = text.find('\n');
    result += printable(text.substr(0, end), 300) + "\n";
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return result + (text.empty() ? "" : "...\n");
}

// A text that Markdown and HTML leave as it is, within a line.
std::string markdown(std::string_view text) {
  std::string result;
  for (char c : printable(text, 300)) {
    if (std::string_view("\\`*_{}[]<>#|&~@").find(c) != std::string_view::npos) {
      result += fmt::format("&#{};", static_cast<int>(c));
    } else {
      result.push_back(c);
    }
  }
  return result;
}

std::string annotation(const Point& point, const std::string& file) {
  const std::string title = printable(point.message, 200);
  return fmt::format("::error file={},line={},col={},title={}::{}\n", escape(file, true),
                     std::max(point.source.line, 1u), std::max(point.source.column, 1u),
                     escape(title, true), escape(shortened(point.detail), false));
}

// A fence that no line of the text ends.
std::string fenced(std::string_view language, std::string_view text) {
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) fence += "`";
  return fmt::format("{}{}\n{}{}\n", fence, language, text, fence);
}

std::string details(const CaseResult& result, const Point& point) {
  std::string text =
      fmt::format("\n### {}:{}: {}\n\n", markdown(name_of(result.file, result.variant)),
                  std::max(point.source.line, 1u), markdown(point.name));
  text += fmt::format("{}\n\n", markdown(point.message));
  if (point.conversation != nullptr)
    text += fenced("mermaid", sequence_diagram(*point.conversation)) + "\n";
  text += "<details><summary>All that is known</summary>\n\n";
  text += fenced("text", shortened(point.detail)) + "\n</details>\n\n";
  return text + fenced("sh", printable(result.reproduction, 1'000) + "\n");
}

}  // namespace

std::string github_annotations(
    const std::vector<CaseResult>& results,
    const std::function<std::string(const std::string&)>& in_repository) {
  std::string text;
  std::size_t count = 0;
  for (const CaseResult& result : results) {
    for (const Point& point : points_of(result)) {
      if (!point.is_bad()) continue;
      if (count++ < kAnnotationsMax) text += annotation(point, in_repository(result.file));
    }
  }
  if (count > kAnnotationsMax) {
    text += fmt::format(
        "::error title=Mailcosm%3A {} failures::{} more failures are not annotated; the summary "
        "and "
        "the log have all of them.\n",
        count, count - kAnnotationsMax);
  }
  return text;
}

std::string github_summary(const std::vector<CaseResult>& results, const Totals& totals) {
  std::string text =
      fmt::format("## {} Mailcosm\n\n{}\n", totals.bad() == 0 ? "✅" : "❌", closing_line(totals));
  std::string table, sections;
  std::size_t count = 0;
  for (const CaseResult& result : results) {
    for (const Point& point : points_of(result)) {
      if (!point.is_bad()) continue;
      ++count;
      if (count <= kRowsMax) {
        table += fmt::format("| {}:{} | {} |\n", markdown(name_of(result.file, result.variant)),
                             std::max(point.source.line, 1u), markdown(point.message));
      }
      if (count <= kDetailsMax) sections += details(result, point);
    }
  }
  if (count == 0) return text;
  text += "| where | what |\n|---|---|\n" + table;
  if (count > kRowsMax) text += fmt::format("\n{} more are in the log.\n", count - kRowsMax);
  return text + sections;
}

}  // namespace mailcosm::sim::runner
