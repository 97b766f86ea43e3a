// Command: one command of the command line as data. The parser, the help, the man page and the
// completions of shells are all made from it, so that none of them can be out of date.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailcosm::cli {

// What a shell proposes for a value.
enum class Completes { kNothing, kFile, kFolder, kScenario, kTrace, kCommand };

struct Option {
  std::string names;        // "-q,--quiet"; an argument has a name without dashes: "SCENARIO"
  std::string placeholder;  // of the value: "FILE"; empty for a flag
  std::string about;        // a phrase without full stop
  std::string section;      // heading in the help; empty: "Options" or "Arguments"
  std::vector<std::string> choices;  // the only values; empty: any
  std::string fallback;  // the value if it is not given, as people write it; may be empty
  Completes completes = Completes::kNothing;
  bool required = false;
  bool repeated = false;  // may be given several times; an argument may stand for several words
  // Takes the value, or the empty string for a flag; says what is wrong with it, or nothing.
  std::function<std::string(const std::string&)> set;

  bool is_argument() const { return !names.starts_with('-'); }
  bool is_flag() const { return placeholder.empty() && !is_argument(); }
  std::vector<std::string> all_names() const;  // "-q", "--quiet"
};

struct Example {
  std::string line;     // as typed, from "mailcosm" on
  std::string meaning;  // one sentence
};

// The targets of its options live as long as the command: `run` holds them.
struct Command {
  std::string name;
  std::string about;    // one sentence without full stop
  std::string details;  // paragraphs below it, separated by empty lines; lines that begin with a
                        // blank keep their form
  std::vector<Option> options;
  std::vector<Example> examples;
  std::function<int()> run;  // gives the exit code

  // Each adds an option and gives it back for what is rare. The reference lives until the next one
  // is added.
  Option& flag(std::string names, bool& target, std::string about);
  Option& text(std::string names, std::string placeholder, std::string& target, std::string about);
  Option& texts(std::string names, std::string placeholder, std::vector<std::string>& target,
                std::string about);
  Option& number(std::string names, std::string placeholder, std::uint64_t& target,
                 std::string about);
  Option& number(std::string names, std::string placeholder, std::optional<std::uint64_t>& target,
                 std::string about);
  Option& choice(std::string names, std::string placeholder, std::string& target,
                 std::vector<std::string> choices, std::string about);
  // A value with a form of its own: `set` says what is wrong with it, or nothing.
  Option& parsed(std::string names, std::string placeholder,
                 std::function<std::string(const std::string&)> set, std::string about);
  // Words without dashes: one that must be there, or one or more.
  Option& argument(std::string name, std::string& target, std::string about);
  Option& arguments(std::string name, std::vector<std::string>& target, std::string about);

  // The heading of the options that follow.
  void section(std::string heading) { section_ = std::move(heading); }

 private:
  Option& add(Option option);
  std::string section_;
};

// The whole program, and its commands in the order of the help.
struct CommandLine {
  std::string name;
  std::string version;
  std::string date;  // of the version, year-month-day
  std::string about;
  std::string details;
  std::vector<Command> commands;
  std::vector<Example> examples;

  const Command* find(std::string_view command) const;
};

// Nothing for a whole number of 64 bits, else what is wrong.
std::string parse_number(const std::string& text, std::uint64_t& target);

}  // namespace mailcosm::cli
