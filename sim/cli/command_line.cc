#include "sim/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/help_text.h"
#include "sim/cli/terminal.h"

namespace mailcosm::cli {
namespace {

// CLI11 knows options only; an argument is one whose name has no dashes.
void add_option(CLI::App& app, const Option& option) {
  CLI::Option* added = nullptr;
  if (option.is_flag()) {
    added = app.add_flag_callback(option.names, [&option] { option.set({}); }, option.about);
    return;
  }
  const std::string first_name = option.all_names().back();
  added = app.add_option(
      option.names,
      [&option, first_name](const CLI::results_t& values) {
        for (const std::string& value : values) {
          const std::string problem = option.set(value);
          if (!problem.empty()) throw CLI::ValidationError(first_name, problem);
        }
        return true;
      },
      option.about);
  if (option.required) added->required();
  if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
  if (option.repeated && option.is_argument()) {
    added->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
  } else if (option.repeated) {
    added->take_all()->expected(1)->allow_extra_args(false);
  }
}

// What is wrong, where the words of the library are no sentence.
std::string sentence_of(const CLI::ParseError& error) {
  const std::string what = error.what();
  const std::size_t colon = what.find(':');
  if (error.get_name() != "ArgumentMismatch" || colon == std::string::npos) return what;
  return what.substr(0, colon) +
         (what.ends_with("missing") ? ": its value is missing" : ": it is given more than once");
}

int tell(const CLI::ParseError& error, const CLI::App& app, const CommandLine& line) {
  const auto chosen = app.get_subcommands();
  const Command* command = chosen.empty() ? nullptr : line.find(chosen.front()->get_name());
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    if (error.get_name() == "CallForVersion") {
      std::printf("%s %s\n", line.name.c_str(), line.version.c_str());
    } else {
      const std::string text = command != nullptr ? help_text(line, *command, width_of_stdout())
                                                  : help_text(line, width_of_stdout());
      std::fputs(text.c_str(), stdout);
    }
    return kOk;
  }
  std::fprintf(stderr, "mailcosm: %s\nTry 'mailcosm %s%s--help'.\n", sentence_of(error).c_str(),
               command != nullptr ? command->name.c_str() : "", command != nullptr ? " " : "");
  return kUsage;
}

}  // namespace

int run_command_line(const CommandLine& line, int count, char** words) {
  CLI::App app(line.about, line.name);
  app.set_version_flag("--version", line.version);
  app.require_subcommand(0, 1);
  const Command* chosen = nullptr;
  for (const Command& command : line.commands) {
    CLI::App& subcommand = *app.add_subcommand(command.name, command.about);
    for (const Option& option : command.options) add_option(subcommand, option);
    subcommand.callback([&chosen, &command] { chosen = &command; });
  }
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return tell(error, app, line);
  }
  if (chosen != nullptr) return chosen->run();
  std::fputs(help_text(line, width_of_stdout()).c_str(), stdout);
  return kOk;
}

}  // namespace mailcosm::cli
