// Arguments: what the command line asked for, after parsing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mailcosm::cli {

// A scenario file ("-": standard input) and what changes it from the outside.
struct ScenarioArguments {
  std::string file;
  std::vector<std::string> overrides;  // "key.path=value"
  std::optional<std::uint64_t> seed;
  std::string until;  // a duration as in a scenario, or empty
};

struct RunArguments {
  ScenarioArguments scenario;
  bool quiet = false;
  bool verify = false;
  std::string trace;             // a file; its name decides the format: .jsonl, else binary
  std::string depth = "packet";  // of the trace file: story, protocol, packet
  std::string pcap;
  std::uint64_t tie_break_seed = 0;
};
struct CheckArguments {
  std::vector<std::string> files;
};
struct ExpandArguments {
  ScenarioArguments scenario;
};
struct SchemaArguments {
  bool reference = false;  // the tables of docs/scenario-format.md instead
};
struct HashArguments {
  ScenarioArguments scenario;
  bool hosts = false;
  std::uint64_t tie_break_seed = 0;
};
struct DiffArguments {
  std::string left;
  std::string right;
};
// Help or version, or what is wrong with the command line: the text has been printed.
struct Done {
  int exit_code = 0;
};

using Arguments = std::variant<Done, RunArguments, CheckArguments, ExpandArguments, SchemaArguments,
                               HashArguments, DiffArguments>;

// Prints help on standard output, and errors with a hint on standard error.
Arguments parse_arguments(int count, char** words);

}  // namespace mailcosm::cli
