#include "sim/cli/commands.h"

namespace mailcosm::cli {

CommandLine command_line() {
  CommandLine line;
  line.name = "mailcosm";
  line.version = "0.1.0";
  line.date = "2026-11-22";
  line.about = "a deterministic network simulator of the email ecosystem";
  line.details =
      "Mailcosm runs mail clients, mail servers, DNS servers and mailbox servers, each speaking "
      "its real protocol, "
      "over a virtual network in virtual time. A scenario, a YAML file, says who exists, what they "
      "do and what must "
      "come of it. The same scenario and seed give the same run, octet for octet.";
  line.commands = {
      run_command(),    test_command(),       new_command(),  check_command(), lint_command(),
      expand_command(), schema_command(),     hash_command(), diff_command(),  view_command(),
      bench_command(),  completion_command(), help_command(),
  };
  line.examples = {
      {"mailcosm run scenarios/first/alice_to_bob.yaml",
       "Tell the story of one mail, with every protocol line."},
      {"mailcosm new my_first && mailcosm test my_first.yaml",
       "Write a scenario to start from, and run it as a test."},
      {"mailcosm check scenarios/*/*.yaml",
       "Say what is wrong with scenarios, without running them."},
      {"mailcosm run --help", "Show the options of a command, with examples."},
  };
  return line;
}

}  // namespace mailcosm::cli
