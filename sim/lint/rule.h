// Rule: one thing that is legal in a scenario and all the same most likely a mistake.
//
// The table drives the checks' messages, `mailcosm lint --rules` and docs/lint.md. Static data.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mailcosm::sim::lint {

enum class Severity : std::uint8_t {
  kWarning,  // most likely a mistake; `mailcosm lint` fails
  kNote,     // unusual, and worth a look
};

struct Rule {
  std::string_view name;  // "mx-is-alias"
  Severity severity = Severity::kWarning;
  std::string_view about;        // one sentence: what is wrong with it
  std::string_view explanation;  // why, with the RFC, and what to do; sentences
};

// By group, in the order of the reference.
std::span<const Rule> rules();
// Null if there is none of this name.
const Rule* find_rule(std::string_view name);
std::string_view word_of(Severity severity);

// The page docs/lint.md, as this version knows the rules.
std::string reference_page();

}  // namespace mailcosm::sim::lint
