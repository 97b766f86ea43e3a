// `mailcosm check`: reads scenarios and says what is wrong with them.
#pragma once

#include <string>
#include <vector>

namespace mailcosm::cli {

struct CheckArguments {
  std::vector<std::string> files;
};

int check(const CheckArguments& arguments);

}  // namespace mailcosm::cli
