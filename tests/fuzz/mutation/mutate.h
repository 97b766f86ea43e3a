// mutate: changes the text of a scenario a little, as a tired person or a broken editor would.
//
// Works on lines and their indentation, so that most results are still YAML: blocks (a line and
// what is indented below it) are deleted, doubled, swapped or moved; keys, values, units and single
// octets are changed. The same text and the same random numbers give the same result.
#pragma once

#include <string>
#include <string_view>

#include "protocols/base/random.h"

namespace mailcosm::test {

struct Mutation {
  std::string what;  // "delete block at line 12", for messages
  std::string text;
};

// The text may come out unchanged, for example when two equal lines are swapped.
Mutation mutate(std::string_view text, Random& random);

}  // namespace mailcosm::test
