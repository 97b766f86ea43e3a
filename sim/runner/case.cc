#include "sim/runner/case.h"

#include <fmt/format.h>

#include <algorithm>

namespace mailcosm::sim::runner {
namespace {

constexpr std::string_view kHarmless =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";

}  // namespace

std::string golden_file_of(std::string_view scenario_file) {
  const std::size_t dot = scenario_file.rfind('.');
  const std::size_t slash = scenario_file.rfind('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  const bool has_extension = dot != std::string_view::npos && dot > name;
  return std::string(has_extension ? scenario_file.substr(0, dot) : scenario_file) + ".golden";
}

std::string name_of(std::string_view file, const Variant& variant) {
  std::string name(file);
  if (variant.is_plain()) return name;
  name += " [";
  if (variant.seed) name += fmt::format("seed {}", *variant.seed);
  if (variant.seed && variant.tie_break_seed != 0) name += ", ";
  if (variant.tie_break_seed != 0) name += fmt::format("ties {}", variant.tie_break_seed);
  return name + "]";
}

std::string reproduction(std::string_view file, const Variant& variant, std::string_view command) {
  std::string text = fmt::format("mailcosm {} ", command);
  if (variant.seed) {
    text += fmt::format("{} {} ", command == "test" ? "--seeds" : "--seed", *variant.seed);
  }
  if (variant.tie_break_seed != 0)
    text += fmt::format("--tie-break shuffle:{} ", variant.tie_break_seed);
  if (file.starts_with('-') && file != "-") text += "./";
  return text + shell_word(file);
}

std::string shell_word(std::string_view word) {
  const bool harmless = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return kHarmless.find(c) != std::string_view::npos;
  });
  if (harmless) return std::string(word);
  std::string quoted = "'";
  for (char c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted.push_back(c);
    }
  }
  return quoted + "'";
}

}  // namespace mailcosm::sim::runner
