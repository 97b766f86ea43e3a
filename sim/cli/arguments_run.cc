#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/run.h"

namespace mailcosm::cli {

Command run_command() {
  const auto arguments = std::make_shared<RunArguments>();
  Command command;
  command.name = "run";
  command.about = "Run a scenario and tell what happens";
  command.details =
      "The story goes to standard output in plain sentences, with the lines of the protocols in "
      "between: -> is sent "
      "by the side that opened the connection, <- comes back. Expectations that do not hold go to "
      "standard error, "
      "with their place in the scenario.";
  add_scenario(command, arguments->scenario);
  command.flag("-q,--quiet", arguments->quiet, "Do not tell the story; only failed expectations");
  command
      .text("--trace", "FILE", arguments->trace,
            "Write all records to this file: JSON Lines if it ends with .jsonl, else binary")
      .completes = Completes::kFile;
  command.choice("--depth", "LAYER", arguments->depth, {"story", "protocol", "packet"},
                 "How deep the trace file and the page go");
  command
      .text("--pcap", "FILE", arguments->pcap,
            "Write all packets to this pcapng file, for Wireshark")
      .completes = Completes::kFile;
  command
      .text("--html", "FILE", arguments->html,
            "Write a page that replays the run; it needs nothing but a browser")
      .completes = Completes::kFile;
  command.flag("--verify", arguments->verify,
               "Run again, on one thread and as before, and compare; exit code 5 and the first "
               "difference if they differ");
  add_tie_break(command, arguments->tie_break_seed);
  add_threads(command, arguments->threads);
  command.flag("--explain-parallel", arguments->explain_parallel,
               "Run nothing: tell how the world is divided among threads, and why");
  command.examples = {
      {"mailcosm run scenarios/first/alice_to_bob.yaml",
       "Tell the story of one mail, with every protocol line."},
      {"mailcosm run --quiet --pcap out.pcapng scenarios/first/alice_to_bob.yaml",
       "Write the packets for Wireshark; the exit code says whether the expectations held."},
      {"mailcosm run --quiet --html out.html scenarios/first/alice_to_bob.yaml",
       "Write a page that shows the run step by step, and open it in a browser."},
      {"mailcosm run --set 'story.1.alice writes.to=nobody@blue.com' "
       "scenarios/first/alice_to_bob.yaml",
       "Change the scenario from the command line, and see the mail come back."},
  };
  command.run = [arguments] { return run(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
