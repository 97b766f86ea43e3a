// The judge of mutated scenarios: each is refused with messages, or stands for another scenario, or
// the difference is one that the language itself explains.
#pragma once

#include <string>
#include <string_view>

namespace mailcosm::test {

// What is wrong with how the language takes the mutated text, as sentences; empty if all is well:
// - refused without a message, or taken with one;
// - taken, but its expansion does not stand for the same scenario;
// - taken, with other values than the original, though its expansion is the original's. Explained
//   are only: other spellings of the same tree (comments, blanks, quotes, the order of keys), a
//   value that says in other words what was said before or what is the default, and keys that are
//   for people and tools.
std::string judge(std::string_view original, std::string_view mutated);

}  // namespace mailcosm::test
