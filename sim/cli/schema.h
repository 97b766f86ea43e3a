// `mailcosm schema`: prints the JSON Schema of scenarios.
#pragma once

namespace mailcosm::cli {

struct SchemaArguments {
  bool reference = false;  // the tables of docs/scenario-format.md instead
};

int schema(const SchemaArguments& arguments);

}  // namespace mailcosm::cli
