#include "sim/cli/help_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/cli/exit_code.h"

namespace mailcosm::cli {
namespace {

constexpr std::size_t kColumn = 24;  // where the explanations begin

// Appends `text` wrapped to `width`; the first line goes on where the output stands, at column
// `at`.
void wrap(std::string_view text, std::size_t indent, std::size_t width, std::size_t at,
          std::string& output) {
  bool first_word = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!first_word && at + 1 + word.size() > width) {
      output += '\n';
      output.append(indent, ' ');
      at = indent;
      first_word = true;
    }
    if (!first_word) {
      output += ' ';
      ++at;
    }
    output += word;
    at += word.size();
    first_word = false;
  }
  output += '\n';
}

void append_row(const std::string& left, const std::string& right, std::size_t width,
                std::string& output) {
  output += left;
  std::size_t at = left.size();
  if (at + 2 > kColumn) {
    output += '\n';
    at = 0;
  }
  output.append(kColumn - at, ' ');
  wrap(right, kColumn, width, kColumn, output);
}

void append_details(std::string_view details, std::size_t width, std::string& output) {
  while (!details.empty()) {
    const std::size_t end = std::min(details.find('\n'), details.size());
    const std::string_view paragraph = details.substr(0, end);
    details.remove_prefix(std::min(end + 1, details.size()));
    if (paragraph.starts_with(' ')) {
      output += fmt::format("{}\n", paragraph);
    } else {
      wrap(paragraph, 0, width, 0, output);
    }
  }
}

// "  -q, --quiet" or "      --trace FILE"
std::string left_of(const Option& option) {
  if (option.is_argument())
    return fmt::format("  {}{}", option.names, option.repeated ? "..." : "");
  std::string names;
  for (const std::string& name : option.all_names()) names += (names.empty() ? "" : ", ") + name;
  return fmt::format("  {}{}{}{}", names.starts_with("--") ? "    " : "", names,
                     option.placeholder.empty() ? "" : " ", option.placeholder);
}

void append_options(const Command& command, std::size_t width, std::string& output) {
  const auto append_group = [&](const std::string& heading, const auto& belongs) {
    bool any = false;
    for (const Option& option : command.options) {
      if (!belongs(option)) continue;
      if (!any) output += fmt::format("\n{}:\n", heading);
      any = true;
      append_row(left_of(option), explanation_of(option), width, output);
    }
  };
  append_group("Arguments", [](const Option& option) { return option.is_argument(); });
  append_group("Options", [](const Option& option) {
    return !option.is_argument() && option.section.empty();
  });
  std::vector<std::string> sections;
  for (const Option& option : command.options) {
    if (option.section.empty() || option.is_argument()) continue;
    if (std::find(sections.begin(), sections.end(), option.section) != sections.end()) continue;
    sections.push_back(option.section);
    append_group(option.section, [&option](const Option& other) {
      return !other.is_argument() && other.section == option.section;
    });
  }
  if (std::none_of(command.options.begin(), command.options.end(), [](const Option& option) {
        return !option.is_argument() && option.section.empty();
      }))
    output += "\nOptions:\n";
  append_row("  -h, --help", "Print this help", width, output);
}

void append_examples(const std::vector<Example>& examples, std::size_t width, std::string& output) {
  if (examples.empty()) return;
  output += "\nExamples:\n";
  for (const Example& example : examples) {
    output += fmt::format("  {}\n      ", example.line);
    wrap(example.meaning, 6, width, 6, output);
  }
}

}  // namespace

std::vector<ExitCodeText> exit_codes() {
  return {
      {kOk, "ok"},
      {kExpectationFailed, "an expectation failed (diff: the two differ)"},
      {kUsage, "wrong usage"},
      {kScenarioInvalid, "a scenario is invalid"},
      {kRuntimeFailure, "a file could not be read or written"},
      {kNondeterministic, "two runs of the same scenario differed"},
  };
}

std::string explanation_of(const Option& option) {
  std::string text = option.about;
  if (!option.choices.empty()) {
    text += ": ";
    for (const std::string& choice : option.choices) {
      if (&choice != &option.choices.front())
        text += &choice == &option.choices.back() ? " or " : ", ";
      text += choice;
    }
  }
  if (!option.fallback.empty()) text += fmt::format(" (default: {})", option.fallback);
  return text;
}

std::string synopsis(const CommandLine& line, const Command& command) {
  std::string text = fmt::format("{} {} [OPTIONS]", line.name, command.name);
  for (const Option& option : command.options) {
    if (!option.is_argument()) continue;
    const std::string name = option.names + (option.repeated ? "..." : "");
    text += option.required ? " " + name : fmt::format(" [{}]", name);
  }
  return text;
}

std::string help_text(const CommandLine& line, std::size_t width) {
  std::string text = fmt::format("Mailcosm: {}\n\nUsage: {} COMMAND [OPTIONS] ...\n\nCommands:\n",
                                 line.about, line.name);
  for (const Command& command : line.commands)
    append_row("  " + command.name, command.about, width, text);
  text += "\nOptions:\n";
  append_row("  -h, --help", "Print this help; after a command, that of the command", width, text);
  append_row("      --version", "Print the version", width, text);
  append_examples(line.examples, width, text);
  text += "\nExit codes:\n";
  for (const ExitCodeText& code : exit_codes())
    text += fmt::format("  {}  {}\n", code.code, code.meaning);
  return text;
}

std::string help_text(const CommandLine& line, const Command& command, std::size_t width) {
  std::string text = fmt::format("{}.\n\nUsage: {}\n", command.about, synopsis(line, command));
  if (!command.details.empty()) {
    text += '\n';
    append_details(command.details, width, text);
  }
  append_options(command, width, text);
  append_examples(command.examples, width, text);
  return text;
}

}  // namespace mailcosm::cli
