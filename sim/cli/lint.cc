#include "sim/lint/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/cli/lint.h"
#include "sim/runner/discover.h"
#include "sim/scenario/limits.h"
#include "sim/world/read_scenario.h"

namespace mailcosm::cli {
namespace {

struct Count {
  std::size_t files = 0, warnings = 0, notes = 0;
};

void print_rules() {
  for (const sim::lint::Rule& rule : sim::lint::rules()) {
    std::fputs(
        fmt::format("{:<28} {:<8} {}\n", rule.name, sim::lint::word_of(rule.severity), rule.about)
            .c_str(),
        stdout);
  }
}

// The exit code of one file.
int one_file(const std::string& file, bool json, Count& count) {
  const auto text = read_file(file, sim::scenario::kFileSizeMax);
  if (!text) {
    std::fputs(fmt::format("{}\n", text.error().what).c_str(), stderr);
    return text.error().offset != 0 ? kScenarioInvalid : kRuntimeFailure;
  }
  const auto parsed = sim::read_scenario(file, *text);
  if (!parsed.scenario) {
    std::fputs(sim::scenario::to_text(parsed.problems).c_str(), stderr);
    return kScenarioInvalid;
  }
  ++count.files;
  const auto findings = sim::lint::lint(*parsed.scenario, *text);
  for (const sim::lint::Finding& finding : findings) {
    ++(finding.rule->severity == sim::lint::Severity::kWarning ? count.warnings : count.notes);
    if (json) std::fputs(sim::lint::to_json(finding, file).c_str(), stdout);
  }
  if (!json) std::fputs(sim::lint::to_text(findings, file, *text).c_str(), stdout);
  const bool warned = std::any_of(findings.begin(), findings.end(), [](const auto& finding) {
    return finding.rule->severity == sim::lint::Severity::kWarning;
  });
  return warned ? kExpectationFailed : kOk;
}

}  // namespace

int lint(const LintArguments& arguments) {
  if (arguments.rules || arguments.reference) {
    if (arguments.rules) print_rules();
    if (arguments.reference) std::fputs(sim::lint::reference_page().c_str(), stdout);
    return kOk;
  }
  if (arguments.paths.empty()) {
    std::fputs("mailcosm lint: name a scenario or a folder\n", stderr);
    return kUsage;
  }
  std::vector<std::string> files;
  for (const std::string& path : arguments.paths) {
    if (path == "-") {
      files.push_back(path);
      continue;
    }
    auto found = sim::runner::discover({path});
    if (!found) {
      std::fputs((found.error().what + "\n").c_str(), stderr);
      return kRuntimeFailure;
    }
    files.insert(files.end(), found->begin(), found->end());
  }
  int exit_code = kOk;
  Count count;
  for (const std::string& file : files)
    exit_code = std::max(exit_code, one_file(file, arguments.json, count));
  if (!arguments.json) {
    std::fputs(fmt::format("{} {}: {} {}, {} {}\n", count.files,
                           count.files == 1 ? "scenario" : "scenarios", count.warnings,
                           count.warnings == 1 ? "warning" : "warnings", count.notes,
                           count.notes == 1 ? "note" : "notes")
                   .c_str(),
               stdout);
  }
  return exit_code;
}

}  // namespace mailcosm::cli
