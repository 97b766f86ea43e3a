#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/test.h"

namespace mailcosm::cli {
namespace {

constexpr std::string_view kDetails =
    "Runs every scenario of the files and folders in parallel, and prints one line for each in "
    "their "
    "order, whatever finishes first. A scenario passes if all its expectations hold and, where a "
    "file NAME.golden lies beside NAME.yaml, the run is still the one that was recorded there. For "
    "each failure it shows the expectation in the scenario, what was found instead, the last lines "
    "of the conversation concerned, and the command that shows it again. docs/testing-scenarios.md "
    "tells how to use it in CI.\n\n"
    "The exit code is 4 if a file could not be read or the program itself failed, else 5 if two "
    "runs "
    "of the same scenario differed, else 1 if an expectation or a golden failed, else 3 if a "
    "scenario is malformed, else 0. It is 2 if there is nothing to run, and 130 after an "
    "interrupt.";

void add_selection(Command& command, TestArguments& arguments) {
  command.section("Selection");
  command.texts(
      "--filter", "PATTERN", arguments.filters,
      "Only scenarios whose path or title contains this, or fits it if it has * or ?; may "
      "be given several times");
  command.parsed(
      "--shard", "I/N",
      [&arguments](const std::string& text) {
        const auto shard = sim::runner::parse_shard(text);
        if (shard) arguments.shard = *shard;
        return shard ? std::string() : shard.error().what;
      },
      "Only part I of N, for N machines that share the work");
  command.flag(
      "--rerun-failed", arguments.rerun_failed,
      "Only what failed last time, as .mailcosm/last-failed remembers; all of it if nothing "
      "did");
  command.flag("--fail-fast", arguments.fail_fast, "Stop after the first failure");
}

void add_range(Command& command, const char* name, const char* placeholder,
               const std::string& prefix, std::optional<sim::runner::Range>& target,
               const char* about) {
  command.parsed(
      name, placeholder,
      [prefix, &target](const std::string& text) {
        if (!text.starts_with(prefix)) return "expects " + prefix + "SEED or " + prefix + "A..B";
        const auto range = sim::runner::parse_range(text.substr(prefix.size()));
        if (range) target = *range;
        return range ? std::string() : range.error().what;
      },
      about);
}

void add_runs(Command& command, TestArguments& arguments) {
  command.section("Runs");
  command.number("-j,--jobs", "N", arguments.jobs, "Threads; one for each core if not given");
  add_range(
      command, "--seeds", "A..B", "", arguments.seeds,
      "Run each scenario with each of these seeds instead of its own; goldens are not compared");
  add_range(command, "--tie-break", "shuffle:A..B", "shuffle:", arguments.tie_breaks,
            "Run each scenario with simultaneous events permuted, once for each of these seeds");
  command.number("--repeat", "N", arguments.repeat,
                 "Run each case N times, and demand the same digest each time");
  command.flag("--verify", arguments.verify, "Run each case twice; the same as --repeat 2");
}

void add_outputs(Command& command, TestArguments& arguments) {
  command.section("Output");
  command.flag("-q,--quiet", arguments.quiet, "Print failures only");
  command.flag("--tap", arguments.tap,
               "Print the Test Anything Protocol, version 14, instead of the report");
  command
      .text(
          "--junit", "FILE", arguments.junit,
          "Write the results as JUnit XML: a suite for each scenario, a case for each expectation")
      .completes = Completes::kFile;
  command
      .text("--artifacts", "FOLDER", arguments.artifacts,
            "Write trace, capture, story, page and command of each failure into folders below this "
            "one")
      .completes = Completes::kFolder;
  command.flag("--update", arguments.update,
               "Write the golden file of each scenario that passes, after showing what changes; "
               "refused where the environment variable CI is set");
}

}  // namespace

Command test_command() {
  const auto arguments = std::make_shared<TestArguments>();
  Command command;
  command.name = "test";
  command.about = "Run scenarios as test cases, for CI";
  command.details = kDetails;
  Option& paths = command.arguments("PATH", arguments->paths,
                                    "Scenario files, and folders in which they are looked for");
  paths.completes = Completes::kScenario;
  paths.required = false;
  add_selection(command, *arguments);
  add_runs(command, *arguments);
  add_outputs(command, *arguments);
  command.examples = {
      {"mailcosm test scenarios", "Run all scenarios of a folder."},
      {"mailcosm test --rerun-failed scenarios", "Run those that failed last time."},
      {"mailcosm test --junit results.xml --artifacts failures scenarios",
       "Run in CI; keep results and everything about each failure."},
      {"mailcosm test --seeds 1..100 --filter 'crash/*' scenarios",
       "Try some scenarios with a hundred seeds."},
      {"mailcosm test --update scenarios/mx", "Accept changed behaviour as the new golden."},
  };
  command.run = [arguments] { return test(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
