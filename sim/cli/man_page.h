// The man page mailcosm(1), in the language of man(7).
#pragma once

#include <string>

#include "sim/cli/command.h"

namespace mailcosm::cli {

std::string man_page(const CommandLine& line);

}  // namespace mailcosm::cli
