// The scenarios that `mailcosm new` writes.
#pragma once

#include <span>
#include <string_view>

namespace mailcosm::cli {

struct NewTemplate {
  std::string_view name;
  std::string_view about;  // what it is, for the help
  std::string_view text;   // with {title} where the title goes
};

// The first is the one that is taken if none is asked for.
std::span<const NewTemplate> new_templates();

}  // namespace mailcosm::cli
