// `mailcosm diff`: compares two runs.
#pragma once

#include <string>

namespace mailcosm::cli {

struct DiffArguments {
  std::string left;
  std::string right;
};

int diff(const DiffArguments& arguments);

}  // namespace mailcosm::cli
