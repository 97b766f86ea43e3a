#include "sim/lint/rule.h"

#include <fmt/format.h>

namespace mailcosm::sim::lint {

const Rule* find_rule(std::string_view name) {
  for (const Rule& rule : rules()) {
    if (rule.name == name) return &rule;
  }
  return nullptr;
}

std::string_view word_of(Severity severity) {
  return severity == Severity::kWarning ? "warning" : "note";
}

std::string reference_page() {
  std::string page =
      "# Rules of `mailcosm lint`\n\n"
      "`mailcosm lint FILES|FOLDERS` reports what is legal in a scenario and all the same most "
      "likely wrong. A *warning* makes\nit exit with 1; a *note* is unusual and worth a look. "
      "Where something is meant as it is, the mapping concerned says so:\n\n"
      "```yaml\n"
      "organisations:\n"
      "  blue.com:\n"
      "    x-ignore: [ttl-zero]   # for this organisation; at the top of the file, for all of it\n"
      "    dns: {ttl: 0 s}\n"
      "```\n\n"
      "An `x-ignore` that names no rule, or that nothing needs, is reported as well. "
      "`mailcosm lint --rules` lists the rules.\nThis page is its output with `--reference`.\n\n"
      "| rule | severity | what is wrong |\n|---|---|---|\n";
  for (const Rule& rule : rules()) {
    page +=
        fmt::format("| [{0}](#{0}) | {1} | {2} |\n", rule.name, word_of(rule.severity), rule.about);
  }
  for (const Rule& rule : rules()) {
    page += fmt::format("\n## {}\n\n{} {}\n", rule.name, rule.about, rule.explanation);
  }
  return page;
}

}  // namespace mailcosm::sim::lint
