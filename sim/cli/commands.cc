#include "sim/cli/commands.h"

namespace mailcosm::cli {

CommandLine command_line() {
  CommandLine line;
  line.name = "mailcosm";
  line.version = "0.1.0";
  line.about = "a deterministic network simulator of the email ecosystem";
  line.commands = {
      run_command(),    test_command(), check_command(), lint_command(), expand_command(),
      schema_command(), hash_command(), diff_command(),  view_command(),
  };
  line.examples = {
      {"mailcosm run scenarios/first/alice_to_bob.yaml",
       "Tell the story of one mail, with every protocol line."},
      {"mailcosm check scenarios/*/*.yaml",
       "Say what is wrong with scenarios, without running them."},
      {"mailcosm run --help", "Show the options of a command, with examples."},
  };
  return line;
}

}  // namespace mailcosm::cli
