#include "sim/cli/schema.h"

#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/scenario/schema.h"

namespace mailcosm::cli {

int schema(const SchemaArguments& arguments) {
  FileSink output(stdout);
  const std::string text =
      arguments.reference ? sim::scenario::reference_tables() : sim::scenario::json_schema();
  return output.write(text) && output.flush() ? kOk : kRuntimeFailure;
}

}  // namespace mailcosm::cli
