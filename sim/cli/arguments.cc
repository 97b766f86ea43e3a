#include "sim/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "sim/cli/exit_code.h"

namespace mailcosm::cli {
namespace {

constexpr const char* kExamples = R"(
Examples:
  mailcosm run scenarios/first/alice_to_bob.yaml
      Tell the story of one mail, with every protocol line.
  mailcosm run --quiet --pcap out.pcapng scenarios/first/alice_to_bob.yaml
      Write the packets for Wireshark; the exit code says whether the expectations held.
  mailcosm run --set 'story.1.alice writes.to=nobody@blue.com' scenarios/first/alice_to_bob.yaml
      Change the scenario from the command line, and see the mail come back.
  mailcosm expand scenarios/first/alice_to_bob.yaml
      Show every host, link, zone and server behind the shorthands.
  mailcosm run --trace a.jsonl --seed 1 FILE; mailcosm run --trace b.jsonl --seed 2 FILE; mailcosm diff a.jsonl b.jsonl
      Where do two runs part, and why?

Exit codes: 0 ok, 1 an expectation failed (diff: the traces differ), 2 usage, 3 scenario invalid,
4 runtime failure, 5 nondeterminism detected.)";

void add_scenario(CLI::App& command, ScenarioArguments& scenario) {
  command.add_option("scenario", scenario.file, "Scenario file; - reads standard input")
      ->required();
  command
      .add_option("--set", scenario.overrides, "Replace a value of the scenario: key.path=value")
      ->take_all()
      ->allow_extra_args(false);
  command.add_option("--seed", scenario.seed,
                     "Seed of all random streams, instead of the scenario's");
  command.add_option("--until", scenario.until,
                     "End the run at this virtual time, for example '2 h'");
}

void add_tie_break(CLI::App& command, std::uint64_t& seed) {
  command
      .add_option_function<std::string>(
          "--tie-break",
          [&seed](const std::string& text) {
            const std::string prefix = "shuffle:";
            if (text.rfind(prefix, 0) != 0 ||
                !CLI::detail::lexical_cast(text.substr(prefix.size()), seed)) {
              throw CLI::ValidationError("--tie-break",
                                         "expects shuffle:SEED, for example shuffle:1");
            }
          },
          "Permute simultaneous events: shuffle:SEED")
      ->type_name("shuffle:SEED");
}

// Which subcommand was chosen, as Arguments. Each adder makes the subcommand and remembers how to
// read it back.
class Parser {
 public:
  Parser() {
    app_.footer(kExamples);
    app_.set_version_flag("--version", "mailcosm 0.1.0");
    app_.require_subcommand(0, 1);
    add_run();
    add_check();
    add_expand();
    add_schema();
    add_hash();
    add_diff();
  }

  Arguments parse(int count, char** words) {
    try {
      app_.parse(count, words);
    } catch (const CLI::ParseError& error) {
      const int status = app_.exit(error);
      return Done{status == 0 ? kOk : kUsage};
    }
    if (app_.get_subcommands().empty()) {
      std::fputs(app_.help().c_str(), stdout);
      return Done{kOk};
    }
    return chosen_;
  }

 private:
  template <typename T>
  CLI::App& add(const char* name, const char* about, T& arguments) {
    CLI::App& command = *app_.add_subcommand(name, about);
    command.callback([this, &arguments] { chosen_ = arguments; });
    return command;
  }

  void add_run() {
    CLI::App& command = add("run", "Run a scenario and tell what happens", run_);
    add_scenario(command, run_.scenario);
    command.add_flag("-q,--quiet", run_.quiet, "Do not tell the story; only failed expectations");
    command.add_option(
        "--trace", run_.trace,
        "Write all records to this file: JSON Lines if it ends with .jsonl, else binary");
    command.add_option("--depth", run_.depth, "How deep the trace file goes")
        ->check(CLI::IsMember({"story", "protocol", "packet"}))
        ->capture_default_str();
    command.add_option("--pcap", run_.pcap, "Write all packets to this pcapng file, for Wireshark");
    command.add_flag("--verify", run_.verify,
                     "Run twice and compare; exit code 5 and the first difference if they differ");
    add_tie_break(command, run_.tie_break_seed);
  }
  void add_check() {
    CLI::App& command =
        add("check", "Say what is wrong with scenario files, without running them", check_);
    command.add_option("scenario", check_.files, "Scenario files; - reads standard input")
        ->required();
  }
  void add_expand() {
    add_scenario(add("expand", "Print a scenario with every shorthand spelled out", expand_),
                 expand_.scenario);
  }
  void add_schema() {
    CLI::App& command = add("schema", "Print the JSON Schema of scenarios, for editors", schema_);
    command.add_flag("--reference", schema_.reference,
                     "Print the reference tables of docs/scenario-format.md instead");
  }
  void add_hash() {
    CLI::App& command = add("hash", "Run a scenario and print the digest of its full trace", hash_);
    add_scenario(command, hash_.scenario);
    command.add_flag("--hosts", hash_.hosts, "Also print one digest for each host");
    add_tie_break(command, hash_.tie_break_seed);
  }
  void add_diff() {
    CLI::App& command = add("diff", "Show where two traces diverge, and what led to it", diff_);
    command.add_option("left", diff_.left, "Trace file")->required();
    command.add_option("right", diff_.right, "Trace file")->required();
  }

  CLI::App app_{"Mailcosm: a deterministic network simulator of the email ecosystem", "mailcosm"};
  RunArguments run_;
  CheckArguments check_;
  ExpandArguments expand_;
  SchemaArguments schema_;
  HashArguments hash_;
  DiffArguments diff_;
  Arguments chosen_;
};

}  // namespace

Arguments parse_arguments(int count, char** words) { return Parser().parse(count, words); }

}  // namespace mailcosm::cli
