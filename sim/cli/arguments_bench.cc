#include <memory>

#include "sim/cli/bench.h"
#include "sim/cli/commands.h"

namespace mailcosm::cli {

Command bench_command() {
  const auto arguments = std::make_shared<BenchArguments>();
  Command command;
  command.name = "bench";
  command.about = "Measure how fast Mailcosm is on this machine, and what things cost in memory";
  command.details =
      "The subjects are engine (events), dialogues (SMTP over TCP), trees (one mail to many), "
      "mails (whole worlds), threads (one world on several), memory, parsers, and tcp: how long "
      "transfers take in virtual time beside those of a Linux kernel. Without a subject all but "
      "tcp are measured. Speeds are medians of some runs; a machine that does something else at "
      "the same time makes them worthless. Use a release build.\n\n"
      "A program that was built inside of its source tree, as ./mailcosm is, prints two things "
      "more, unless --alone is given. Other programs do the same work, once, where they are "
      "installed: ns-3 (libns3-dev) and Postfix (postfix; a private one, which only root can "
      "start, and which is stopped again). And the instructions that a unit of work takes are "
      "counted by valgrind. What is not installed is said at the end. bench/compare.py measures "
      "other programs several times, in turns with this one.";
  Option& subjects = command.arguments("SUBJECT", arguments->subjects, "What to measure");
  subjects.choices = {"engine",  "dialogues", "trees",   "mails",
                      "threads", "memory",    "parsers", "tcp"};
  subjects.required = false;
  command.number("--connections", "N", arguments->connections, "Connections of dialogues")
      .fallback = "20000";
  command.number("--pending", "N", arguments->pending_max, "Largest number of pending events")
      .fallback = "1000000";
  command.number("--members", "N", arguments->members_max, "Largest number of members of a list")
      .fallback = "10000";
  command.number("--mails", "N", arguments->mails, "Mails of whole worlds").fallback = "2000";
  command.flag("--alone", arguments->alone, "Measure no other programs, and count no instructions");
  command.flag("--json", arguments->json, "Print one JSON object, to be kept and compared");
  command.flag("--table", arguments->table, "Print a Markdown table");
  command.examples = {
      {"mailcosm bench", "Measure everything that depends on the machine, in some two minutes."},
      {"mailcosm bench dialogues --connections 5000", "Measure one subject, more quickly."},
      {"mailcosm bench --alone --json", "Keep our own figures, to compare them later."},
      {"mailcosm bench tcp", "Compare our TCP with that of a Linux kernel."},
  };
  command.run = [arguments] { return bench(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
