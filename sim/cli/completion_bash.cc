#include <fmt/format.h>

#include <algorithm>

#include "sim/cli/completion.h"

namespace mailcosm::cli {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words)
    text += fmt::format("{}{}", text.empty() ? std::string_view() : between, word);
  return text;
}

// The pattern of file names that are proposed besides folders; "@" for none, "*" for all.
std::string_view pattern_of(Completes completes) {
  switch (completes) {
    case Completes::kScenario:
      return "*.y?(a)ml";
    case Completes::kTrace:
      return "*.@(jsonl|trace|bin|golden|yaml|yml)";
    case Completes::kFile:
      return "*";
    default:
      return "@";
  }
}

std::string command_names(const CommandLine& line) {
  std::vector<std::string> names;
  for (const Command& command : line.commands) names.push_back(command.name);
  return joined(names, " ");
}

// What proposes values of an option or argument.
std::string proposal(const CommandLine& line, const Option& option) {
  if (!option.choices.empty())
    return fmt::format("_mailcosm_words '{}'", joined(option.choices, " "));
  if (option.completes == Completes::kCommand)
    return fmt::format("_mailcosm_words '{}'", command_names(line));
  if (option.completes == Completes::kNothing) return ":";
  return fmt::format("_mailcosm_files '{}'", pattern_of(option.completes));
}

void append_command(const CommandLine& line, const Command& command, std::string& script) {
  script += fmt::format("    {})\n      case $previous in\n", command.name);
  std::vector<std::string> names = {"-h", "--help"};
  for (const Option& option : command.options) {
    if (option.is_argument()) continue;
    const std::vector<std::string> own = option.all_names();
    names.insert(names.end(), own.begin(), own.end());
    if (!option.is_flag())
      script +=
          fmt::format("        {}) {}; return ;;\n", joined(own, "|"), proposal(line, option));
  }
  script += "      esac\n";
  script += fmt::format("      [[ $current == -* ]] && {{ _mailcosm_words '{}'; return; }}\n",
                        joined(names, " "));
  const auto argument = std::find_if(command.options.begin(), command.options.end(),
                                     [](const Option& option) { return option.is_argument(); });
  script += fmt::format("      {}\n      ;;\n",
                        argument == command.options.end() ? ":" : proposal(line, *argument));
}

constexpr std::string_view kHead =
    R"(# Completion of mailcosm for bash. Made by: mailcosm completion bash
# Use it with: source <(mailcosm completion bash)

_mailcosm_words() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$current")
}

_mailcosm_files() {
  local name
  compopt -o filenames 2>/dev/null
  while IFS= read -r name; do
    if [[ -d $name ]]; then
      COMPREPLY+=("$name")
    else
      case $name in $1) COMPREPLY+=("$name") ;; esac
    fi
  done < <(compgen -f -- "$current")
}

_mailcosm() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' index
  local extended
  extended=$(shopt -p extglob)
  shopt -s extglob
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    [[ ${COMP_WORDS[index]} == -* ]] && continue
    command=${COMP_WORDS[index]}
    break
  done
  _mailcosm_propose
  eval "$extended"
}

_mailcosm_propose() {
  case $command in
)";

}  // namespace

std::string bash_completion(const CommandLine& line) {
  std::string script(kHead);
  script += fmt::format("    '') _mailcosm_words '{} --help --version' ;;\n", command_names(line));
  for (const Command& command : line.commands) append_command(line, command, script);
  script += "  esac\n}\n\ncomplete -F _mailcosm mailcosm\n";
  return script;
}

}  // namespace mailcosm::cli
