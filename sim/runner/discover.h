// Discovery: which scenario files are meant by the files and folders of a command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.h"

namespace mailcosm::sim::runner {

// Files stand for themselves. Of a folder and the folders in it (those whose name begins with a dot
// left out; symbolic links to folders are not followed), all files *.yaml and *.yml are taken that
// have a key `mailcosm`. In the order of the arguments, each folder's sorted by name octet by
// octet; what was named twice is there once. An error names what does not exist or cannot be read.
Result<std::vector<std::string>> discover(const std::vector<std::string>& arguments);

// Whether a YAML text has the key `mailcosm` at its top, well-formed or not.
bool is_scenario(std::string_view text);

}  // namespace mailcosm::sim::runner
