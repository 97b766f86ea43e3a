// What differs between the steps of two goldens.
#pragma once

#include <string>
#include <vector>

#include "sim/golden/golden.h"

namespace mailcosm::sim {

// A step of both, or of one only.
struct StepPair {
  const GoldenStep* left = nullptr;
  const GoldenStep* right = nullptr;
};

// All steps of both, paired by id, in the order of the right one; those that only the left one has
// stand behind the step they followed there. The goldens must outlive the pairs.
std::vector<StepPair> pair_steps(const Golden& left, const Golden& right);

struct LineChange {
  char sign = ' ';  // '-' only left, '+' only right, ' ' both
  std::string text;
};

// Which part of a step is compared.
enum class StepAspect {
  kContent,  // heading, parties and lines
  kTime,
};

// Nothing if they are the same in this; else all lines of both.
std::vector<LineChange> changes_of(const StepPair& pair, StepAspect aspect);

}  // namespace mailcosm::sim
