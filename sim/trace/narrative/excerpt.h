// Excerpt: the first lines of a message that passes in chunks, and its size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/trace/narrative/step.h"

namespace mailcosm::sim::narrative {

class Excerpt {
 public:
  bool empty() const { return octets_ == 0; }
  // All chunks up to take() must go the same way.
  void add(Mark mark, std::string_view bytes);
  // Puts up to `lines_shown` lines into the step, and what was left out and the size of all; then
  // starts anew.
  void take(Step& step, std::size_t lines_shown, std::size_t lines_max);
  Mark mark() const { return mark_; }

 private:
  static constexpr std::size_t kKept = 8192;

  Mark mark_ = Mark::kSent;
  std::string front_;  // the first octets
  std::uint64_t octets_ = 0;
  std::uint64_t line_ends_ = 0;
};

}  // namespace mailcosm::sim::narrative
