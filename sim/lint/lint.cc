#include "sim/lint/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "sim/lint/checks.h"
#include "sim/lint/ignore.h"
#include "sim/scenario/reporter.h"
#include "sim/scenario/yaml_reader.h"

namespace mailcosm::sim::lint {
namespace {

constexpr void (*kChecks[])(const Subject&, Findings&) = {
    check_dns_data,     check_delegations, check_network, check_mail_servers,
    check_addressees,   check_people,      check_traffic, check_story,
    check_expectations, check_faults,      check_texts};

bool earlier(const Finding& a, const Finding& b) {
  const auto key = [](const Finding& finding) {
    return std::tuple(finding.source.file, finding.source.line, finding.source.column,
                      finding.rule->name, std::string_view(finding.message));
  };
  return key(a) < key(b);
}

}  // namespace

std::vector<Finding> lint(const scenario::Scenario& scenario, std::string_view text) {
  scenario::Reporter reporter;
  const std::uint32_t file = reporter.add_file("", text);
  const scenario::Node root = scenario::read_yaml(file, reporter).value_or(scenario::Node{});
  const Subject subject(scenario, root, text);
  Findings findings;
  for (const auto& check : kChecks) check(subject, findings);
  Exemptions(root).apply(findings);
  std::sort(findings.all().begin(), findings.all().end(), earlier);
  return std::move(findings.all());
}

std::string to_text(const std::vector<Finding>& findings, std::string_view file,
                    std::string_view text) {
  std::string output;
  for (std::size_t i = 0; i < findings.size();) {
    // A reporter takes so many and no more.
    scenario::Reporter reporter;
    reporter.add_file(std::string(file), text);
    for (; i < findings.size() && !reporter.full(); ++i) {
      const Finding& finding = findings[i];
      reporter.add(finding.source,
                   fmt::format("{}: {} [{}]", word_of(finding.rule->severity), finding.message,
                               finding.rule->name),
                   std::string(finding.rule->explanation), finding.suggestion);
    }
    output += scenario::to_text(reporter.take());
  }
  return output;
}

std::string to_json(const Finding& finding, std::string_view file) {
  const auto quoted = [](std::string_view text) {
    std::string result = "\"";
    for (char c : text) {
      if (c == '"' || c == '\\') result.push_back('\\');
      if (static_cast<unsigned char>(c) < 32) {
        result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      } else {
        result.push_back(c);
      }
    }
    return result + "\"";
  };
  return fmt::format(
      "{{\"file\":{},\"line\":{},\"column\":{},\"rule\":{},\"severity\":{},\"message\":{},"
      "\"about\":"
      "{},\"suggestion\":{}}}\n",
      quoted(file), finding.source.line, finding.source.column, quoted(finding.rule->name),
      quoted(word_of(finding.rule->severity)), quoted(finding.message), quoted(finding.rule->about),
      quoted(finding.suggestion));
}

}  // namespace mailcosm::sim::lint
