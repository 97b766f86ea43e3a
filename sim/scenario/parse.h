// parse: from the text of a scenario to its expanded model, or to the list of what is wrong with
// it.
//
// Never throws and never takes long: size, depth, line length and the number of nodes are limited
// (limits.h), and YAML anchors, aliases, tags and merge keys are refused. Reads no file, clock or
// environment.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.h"
#include "sim/scenario/model.h"
#include "sim/scenario/problem.h"

namespace mailcosm::sim::scenario {

// `--set path=value`: the path is keys separated by dots
// ("organisations.red.com.users.alice.password" finds the longest key that fits; a number chooses
// an element of a list, from 1), the value is YAML.
struct Override {
  std::string path;
  std::string value;
};
// Splits "path=value"; an error if there is no '=' or no path.
Result<Override> parse_override(std::string_view text);

struct Parsed {
  std::optional<Scenario> scenario;  // set if there are no problems
  std::vector<Problem> problems;     // in the order of the text, at most kProblemsMax
};

// `file` is only used in messages.
Parsed parse(std::string_view file, std::string_view text,
             std::span<const Override> overrides = {});

}  // namespace mailcosm::sim::scenario
