// `mailcosm lint`: what is legal in scenarios and all the same most likely wrong.
#pragma once

#include <string>
#include <vector>

namespace mailcosm::cli {

struct LintArguments {
  std::vector<std::string> paths;  // files and folders; "-": standard input
  bool json = false;
  bool rules = false;      // list them instead
  bool reference = false;  // the page docs/lint.md instead
};

int lint(const LintArguments& arguments);

}  // namespace mailcosm::cli
