#include "sim/cli/man_page.h"

#include <fmt/format.h>

#include "sim/cli/help_text.h"

namespace mailcosm::cli {
namespace {

// A text without requests or escapes. Hyphens are those of programs, so that they can be copied.
std::string plain(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if (c == '\'') {
      escaped += "\\(aq";
    } else if (c == '"') {
      escaped += "\\(dq";
    } else {
      escaped += c;
    }
  }
  return escaped.starts_with('.') ? "\\&" + escaped : escaped;
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", plain(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", plain(text)); }

void append_details(std::string_view details, std::string& page) {
  bool verbatim = false;
  while (!details.empty()) {
    const std::size_t end = std::min(details.find('\n'), details.size());
    const std::string_view line = details.substr(0, end);
    details.remove_prefix(std::min(end + 1, details.size()));
    const bool keeps_form = line.starts_with(' ');
    if (keeps_form != verbatim) page += keeps_form ? ".EX\n" : ".EE\n";
    verbatim = keeps_form;
    if (line.empty()) {
      page += ".PP\n";
    } else {
      page += fmt::format("{}{}\n", keeps_form ? "\\&" : "", plain(line));
    }
  }
  if (verbatim) page += ".EE\n";
}

void append_option(const Option& option, std::string& page) {
  std::string names;
  if (option.is_argument()) {
    names = italic(option.names) + (option.repeated ? "..." : "");
  } else {
    for (const std::string& name : option.all_names()) {
      names += (names.empty() ? "" : ", ") + bold(name);
      if (!option.placeholder.empty()) names += " " + italic(option.placeholder);
    }
  }
  page += fmt::format(".TP\n{}\n{}.\n", names, plain(explanation_of(option)));
}

void append_example(const Example& example, std::string& page) {
  page += fmt::format(".PP\n{}\n.PP\n.RS 4\n.EX\n{}\n.EE\n.RE\n", plain(example.meaning),
                      plain(example.line));
}

void append_command(const CommandLine& line, const Command& command, std::string& page) {
  page += fmt::format(".SS {}\n{}.\n", plain(synopsis(line, command)), plain(command.about));
  if (!command.details.empty()) {
    page += ".PP\n";
    append_details(command.details, page);
  }
  for (const Option& option : command.options)
    if (option.is_argument()) append_option(option, page);
  for (const Option& option : command.options)
    if (!option.is_argument()) append_option(option, page);
  for (const Example& example : command.examples) append_example(example, page);
}

constexpr std::pair<std::string_view, std::string_view> kEnvironment[] = {
    {"NO_COLOR", "If it is set and not empty, nothing is coloured, on a terminal either."},
    {"TMPDIR", "Where temporary files are written; /tmp by default."},
    {"CI", "If it is set, test --update is refused: goldens are rewritten by people."},
    {"GITHUB_ACTIONS", "If it is true, test also writes annotations for GitHub."},
};

}  // namespace

std::string man_page(const CommandLine& line) {
  std::string page = fmt::format(
      ".TH MAILCOSM 1 {} \"mailcosm {}\" \"User Commands\"\n.SH NAME\nmailcosm \\- {}\n", line.date,
      line.version, plain(line.about));
  page += ".SH SYNOPSIS\n.B mailcosm\n.I COMMAND\n.RI [ OPTIONS ]\n.I ...\n";
  page += ".SH DESCRIPTION\n";
  append_details(line.details, page);
  page +=
      ".PP\n.B \\-\\-help\nafter a command prints its options and examples;\n.B "
      "\\-\\-version\nprints the "
      "version.\n";
  page += ".SH COMMANDS\n";
  for (const Command& command : line.commands) append_command(line, command, page);
  page += ".SH EXIT STATUS\n";
  for (const ExitCodeText& code : exit_codes())
    page += fmt::format(".TP\n.B {}\n{}.\n", code.code, plain(code.meaning));
  page += ".SH ENVIRONMENT\n";
  for (const auto& [name, meaning] : kEnvironment)
    page += fmt::format(".TP\n.B {}\n{}\n", plain(name), plain(meaning));
  page += ".SH SEE ALSO\n.BR tshark (1),\n.BR swaks (1),\n.BR dig (1)\n";
  return page;
}

}  // namespace mailcosm::cli
