#include "sim/cli/schema.h"

#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/scenario/schema.h"

namespace mailcosm::cli {

int schema(const SchemaArguments& arguments) {
  const std::string text =
      arguments.reference ? sim::scenario::reference_tables() : sim::scenario::json_schema();
  std::fputs(text.c_str(), stdout);
  return kOk;
}

}  // namespace mailcosm::cli
