// `mailcosm new`: writes a scenario to start from.
#pragma once

#include <string>

namespace mailcosm::cli {

struct NewArguments {
  std::string name;  // of the scenario, or of its file, perhaps in a folder
  std::string scenario_template = "first";
};

int make_new(const NewArguments& arguments);

}  // namespace mailcosm::cli
