// The commands, each in a file of its own. They give the exit code.
#pragma once

#include "sim/cli/arguments.h"

namespace mailcosm::cli {

int run(const RunArguments& arguments);
int check(const CheckArguments& arguments);
int expand(const ExpandArguments& arguments);
int schema(const SchemaArguments& arguments);
int hash(const HashArguments& arguments);
int diff(const DiffArguments& arguments);

}  // namespace mailcosm::cli
