// SourceText: the text of one file (or one --set option) with its lines, so that a position can be
// shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

class SourceText {
 public:
  SourceText(std::string name, std::string_view text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  // Without its line end; empty past the end. Lines count from 1.
  std::string_view line(std::uint32_t number) const;
  std::uint32_t lines() const { return static_cast<std::uint32_t>(begins_.size()); }

  // The position of an octet, counting code points. `file` is copied into the result.
  SourcePosition position_of(std::size_t offset, std::uint32_t file) const;
  // The same from a line (from 1) and an octet column (from 0).
  SourcePosition position_of(std::uint32_t line, std::size_t column, std::uint32_t file) const;
  // Octets of the line in front of the position's column.
  std::size_t octets_before(SourcePosition position) const;

 private:
  std::string name_;
  std::string_view text_;
  std::vector<std::size_t> begins_;  // offset of the first octet of each line
};

}  // namespace mailcosm::sim::scenario
