#include <fmt/format.h>

#include "sim/cli/completion.h"

namespace mailcosm::cli {
namespace {

// For single quotes, and without what _arguments gives a meaning.
std::string quoted(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else if (c == '[' || c == ']' || c == ':' || c == '\\') {
      result += '\\';
      result += c;
    } else {
      result += c;
    }
  }
  return result;
}

std::string action_of(const Option& option) {
  if (!option.choices.empty()) {
    std::string words;
    for (const std::string& choice : option.choices) words += (words.empty() ? "" : " ") + choice;
    return fmt::format("({})", words);
  }
  switch (option.completes) {
    case Completes::kScenario:
      return "_files -g \"*.(yaml|yml)(-.)\"";
    case Completes::kTrace:
      return "_files -g \"*.(jsonl|trace|bin|golden|yaml|yml)(-.)\"";
    case Completes::kFile:
      return "_files";
    case Completes::kFolder:
      return "_files -/";
    case Completes::kCommand:
      return "_mailcosm_commands";
    case Completes::kNothing:
      break;
  }
  return " ";
}

void append_option(const Option& option, std::string& script) {
  const std::string what = quoted(option.placeholder.empty() ? option.names : option.placeholder);
  if (option.is_argument()) {
    const std::string_view place = option.repeated ? "*" : option.required ? "" : ":";
    script += fmt::format(" \\\n        '{}:{}:{}'", place, what, action_of(option));
    return;
  }
  for (const std::string& name : option.all_names()) {
    script += fmt::format(" \\\n        '{}{}[{}]", option.repeated ? "*" : "", name,
                          quoted(option.about));
    script += option.is_flag() ? "'" : fmt::format(":{}:{}'", what, action_of(option));
  }
}

}  // namespace

std::string zsh_completion(const CommandLine& line) {
  std::string script =
      "#compdef mailcosm\n# Completion of mailcosm for zsh. Made by: mailcosm completion zsh\n"
      "# Put it as _mailcosm into a folder of $fpath.\n\n_mailcosm_commands() {\n  local -a "
      "commands=(\n";
  for (const Command& command : line.commands)
    script += fmt::format("    '{}:{}'\n", command.name, quoted(command.about));
  script +=
      "  )\n  _describe -t commands command commands\n}\n\n_mailcosm() {\n  local context state "
      "state_descr line\n"
      "  typeset -A opt_args\n  _arguments -C '(- *)--help[Print help]' '(- *)--version[Print the "
      "version]' \\\n"
      "    '1:command:_mailcosm_commands' '*::argument:->arguments'\n  [[ $state == arguments ]] "
      "|| return\n"
      "  case $words[1] in\n";
  for (const Command& command : line.commands) {
    script +=
        fmt::format("    {})\n      _arguments '(- *)'{{-h,--help}}'[Print help]'", command.name);
    for (const Option& option : command.options) append_option(option, script);
    script += "\n      ;;\n";
  }
  script +=
      "  esac\n}\n\nif [[ $funcstack[1] == _mailcosm ]]; then\n  _mailcosm \"$@\"\nelse\n  compdef "
      "_mailcosm mailcosm\nfi\n";
  return script;
}

}  // namespace mailcosm::cli
