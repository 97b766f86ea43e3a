#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/schema.h"

namespace mailcosm::cli {

Command schema_command() {
  const auto arguments = std::make_shared<SchemaArguments>();
  Command command;
  command.name = "schema";
  command.about = "Print the JSON Schema of scenarios, for editors";
  command.details =
      "With the schema an editor completes keys, explains them and marks what is wrong while you "
      "type: see "
      "docs/editors.md.";
  command.flag("--reference", arguments->reference,
               "Print the reference tables of docs/scenario-format.md instead");
  command.examples = {
      {"mailcosm schema > mailcosm.schema.json", "Write the file that docs/editors.md refers to."},
  };
  command.run = [arguments] { return schema(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
