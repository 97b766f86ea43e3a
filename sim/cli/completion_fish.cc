#include <fmt/format.h>

#include "sim/cli/completion.h"

namespace mailcosm::cli {
namespace {

// In single quotes.
std::string quoted(std::string_view text) {
  std::string result = "'";
  for (char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

// " -r -F" and the like: what a value may be.
std::string values_of(const Option& option) {
  if (!option.choices.empty()) {
    std::string words;
    for (const std::string& choice : option.choices) words += (words.empty() ? "" : " ") + choice;
    return fmt::format(" -x -a {}", quoted(words));
  }
  switch (option.completes) {
    case Completes::kScenario:
      return " -x -a '(__fish_complete_suffix .yaml)'";
    case Completes::kTrace:
      return " -x -a '(__fish_complete_suffix .jsonl)'";
    case Completes::kFile:
      return " -r -F";
    case Completes::kFolder:
      return " -x -a '(__fish_complete_directories)'";
    case Completes::kCommand:
      return " -x -a '(__mailcosm_commands)'";
    case Completes::kNothing:
      break;
  }
  return " -x";
}

void append_option(const Command& command, const Option& option, std::string& script) {
  script += fmt::format("complete -c mailcosm -n '__fish_seen_subcommand_from {}'", command.name);
  if (!option.is_argument()) {
    for (const std::string& name : option.all_names()) {
      script += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2))
                                       : fmt::format(" -s {}", name.substr(1));
    }
    script += fmt::format(" -d {}", quoted(option.about));
  }
  if (!option.is_flag()) {
    // An argument is proposed, not required: -r and -x are of options.
    std::string values = values_of(option);
    if (option.is_argument() && values.starts_with(" -x")) values.erase(0, 3);
    if (option.is_argument() && values.starts_with(" -r")) values.erase(0, 3);
    script += values;
  }
  script += '\n';
}

}  // namespace

std::string fish_completion(const CommandLine& line) {
  std::string script =
      "# Completion of mailcosm for fish. Made by: mailcosm completion fish\n"
      "# Put it as mailcosm.fish into ~/.config/fish/completions.\n\nfunction "
      "__mailcosm_commands\n";
  for (const Command& command : line.commands)
    script += fmt::format("  printf '%s\\t%s\\n' {} {}\n", command.name, quoted(command.about));
  script +=
      "end\n\ncomplete -c mailcosm -f\ncomplete -c mailcosm -s h -l help -d 'Print help'\n"
      "complete -c mailcosm -n __fish_use_subcommand -l version -d 'Print the version'\n"
      "complete -c mailcosm -n __fish_use_subcommand -a '(__mailcosm_commands)'\n";
  for (const Command& command : line.commands)
    for (const Option& option : command.options) append_option(command, option, script);
  return script;
}

}  // namespace mailcosm::cli
