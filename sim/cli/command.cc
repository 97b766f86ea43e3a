#include "sim/cli/command.h"

#include <charconv>

namespace mailcosm::cli {

std::vector<std::string> Option::all_names() const {
  std::vector<std::string> all;
  std::size_t begin = 0;
  while (begin <= names.size()) {
    const std::size_t end = std::min(names.find(',', begin), names.size());
    all.push_back(names.substr(begin, end - begin));
    begin = end + 1;
  }
  return all;
}

std::string parse_number(const std::string& text, std::uint64_t& target) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || text.empty())
    return "expects a whole number from 0 to 2^64 - 1";
  target = number;
  return {};
}

Option& Command::add(Option option) {
  option.section = section_;
  options.push_back(std::move(option));
  return options.back();
}

Option& Command::flag(std::string names, bool& target, std::string what) {
  Option option;
  option.names = std::move(names);
  option.about = std::move(what);
  option.set = [&target](const std::string&) {
    target = true;
    return std::string();
  };
  return add(std::move(option));
}

Option& Command::parsed(std::string names, std::string placeholder,
                        std::function<std::string(const std::string&)> set, std::string what) {
  Option option;
  option.names = std::move(names);
  option.placeholder = std::move(placeholder);
  option.about = std::move(what);
  option.set = std::move(set);
  return add(std::move(option));
}

Option& Command::text(std::string names, std::string placeholder, std::string& target,
                      std::string what) {
  return parsed(
      std::move(names), std::move(placeholder),
      [&target](const std::string& value) {
        target = value;
        return std::string();
      },
      std::move(what));
}

Option& Command::texts(std::string names, std::string placeholder, std::vector<std::string>& target,
                       std::string what) {
  Option& option = parsed(
      std::move(names), std::move(placeholder),
      [&target](const std::string& value) {
        target.push_back(value);
        return std::string();
      },
      std::move(what));
  option.repeated = true;
  return option;
}

Option& Command::number(std::string names, std::string placeholder, std::uint64_t& target,
                        std::string what) {
  return parsed(
      std::move(names), std::move(placeholder),
      [&target](const std::string& value) { return parse_number(value, target); }, std::move(what));
}

Option& Command::number(std::string names, std::string placeholder,
                        std::optional<std::uint64_t>& target, std::string what) {
  return parsed(
      std::move(names), std::move(placeholder),
      [&target](const std::string& value) {
        std::uint64_t parsed_value = 0;
        std::string problem = parse_number(value, parsed_value);
        if (problem.empty()) target = parsed_value;
        return problem;
      },
      std::move(what));
}

Option& Command::choice(std::string names, std::string placeholder, std::string& target,
                        std::vector<std::string> choices, std::string what) {
  Option& option = text(std::move(names), std::move(placeholder), target, std::move(what));
  option.choices = std::move(choices);
  option.fallback = target;
  return option;
}

Option& Command::argument(std::string shown, std::string& target, std::string what) {
  Option& option = text(std::move(shown), {}, target, std::move(what));
  option.required = true;
  return option;
}

Option& Command::arguments(std::string shown, std::vector<std::string>& target, std::string what) {
  Option& option = texts(std::move(shown), {}, target, std::move(what));
  option.required = true;
  return option;
}

const Command* CommandLine::find(std::string_view command) const {
  for (const Command& candidate : commands)
    if (candidate.name == command) return &candidate;
  return nullptr;
}

}  // namespace mailcosm::cli
