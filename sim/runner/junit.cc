#include "sim/runner/junit.h"

#include <fmt/format.h>

#include "sim/runner/points.h"
#include "sim/runner/xml_text.h"

namespace mailcosm::sim::runner {
namespace {

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  std::uint64_t milliseconds = 0;

  void add(const std::vector<Point>& points) {
    for (const Point& point : points) {
      ++tests;
      if (point.state == Point::State::kFailed) ++failures;
      if (point.state == Point::State::kError) ++errors;
      if (point.state == Point::State::kSkipped) ++skipped;
    }
  }
};

std::string seconds(std::uint64_t milliseconds) {
  return fmt::format("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
}

// "scenarios.mx.failover" of "scenarios/mx/failover.yaml": what CI systems show as a tree.
std::string class_name(std::string_view file) {
  std::string name = golden_file_of(file);
  name.resize(name.size() - std::string_view(".golden").size());
  for (std::string_view prefix : {"./", "/"}) {
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
  }
  for (char& c : name) {
    if (c == '.') c = '_';
    if (c == '/') c = '.';
  }
  return name;
}

std::string property(std::string_view name, std::string_view value) {
  return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, xml_attribute(value));
}

std::string properties(const CaseResult& result) {
  std::string xml = "    <properties>\n";
  if (!result.title.empty()) xml += property("title", result.title);
  if (result.seed != 0) xml += property("seed", fmt::format("{}", result.seed));
  if (result.variant.tie_break_seed != 0)
    xml += property("tie-break", fmt::format("shuffle:{}", result.variant.tie_break_seed));
  if (result.digest != 0) xml += property("digest", fmt::format("{:016x}", result.digest));
  if (result.events != 0) xml += property("events", fmt::format("{}", result.events));
  xml += property("reproduction", result.reproduction);
  for (const std::string& file : result.artifacts) xml += property("artifact", file);
  return xml + "    </properties>\n";
}

std::string outcome(const Point& point, std::string_view element) {
  const std::string type =
      point.name == "golden" || point.name == "parses" || point.state == Point::State::kError
          ? point.name
          : "expectation";
  return fmt::format("      <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n", element,
                     xml_attribute(point.message), xml_attribute(type), xml_text(point.detail));
}

std::string test_case(const CaseResult& result, const Point& point, std::string_view time) {
  std::string xml =
      fmt::format("    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\" time=\"{}\"",
                  xml_attribute(point.name), xml_attribute(class_name(result.file)),
                  xml_attribute(result.file), point.source.known() ? point.source.line : 1, time);
  switch (point.state) {
    case Point::State::kHeld:
      return xml + "/>\n";
    case Point::State::kSkipped:
      xml += fmt::format(">\n      <skipped message=\"{}\"/>\n", xml_attribute(point.message));
      break;
    case Point::State::kFailed:
      xml += ">\n" + outcome(point, "failure");
      break;
    case Point::State::kError:
      xml += ">\n" + outcome(point, "error");
      break;
  }
  return xml + "    </testcase>\n";
}

std::string suite(const CaseResult& result, const std::vector<Point>& points) {
  Counts counts;
  counts.add(points);
  std::string xml = fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
      "time=\"{}\" file=\"{}\">\n",
      xml_attribute(name_of(result.file, result.variant)), counts.tests, counts.failures,
      counts.errors, counts.skipped, seconds(result.milliseconds), xml_attribute(result.file));
  xml += properties(result);
  // The run is one; its time stands with the first point.
  bool first = true;
  for (const Point& point : points) {
    xml += test_case(result, point, first ? seconds(result.milliseconds) : "0.000");
    first = false;
  }
  return xml + "  </testsuite>\n";
}

}  // namespace

std::string junit(const std::vector<CaseResult>& results) {
  Counts all;
  std::string suites;
  for (const CaseResult& result : results) {
    const std::vector<Point> points = points_of(result);
    all.add(points);
    all.milliseconds += result.milliseconds;
    suites += suite(result, points);
  }
  return fmt::format(
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mailcosm\" "
             "tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{}\">\n",
             all.tests, all.failures, all.errors, seconds(all.milliseconds)) +
         suites + "</testsuites>\n";
}

}  // namespace mailcosm::sim::runner
