#include "sim/scenario/source_text.h"

#include <algorithm>
#include <utility>

#include "sim/scenario/limits.h"

namespace mailcosm::sim::scenario {
namespace {

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; }

}  // namespace

SourceText::SourceText(std::string name, std::string_view text)
    : name_(std::move(name)), text_(text) {
  begins_.push_back(0);
  if (text.size() > kFileSizeMax) return;  // it will be refused as a whole
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && i + 1 < text.size()) begins_.push_back(i + 1);
  }
}

std::string_view SourceText::line(std::uint32_t number) const {
  if (number == 0 || number > begins_.size()) return {};
  const std::size_t begin = begins_[number - 1];
  std::size_t end = text_.find('\n', begin);
  if (end == std::string_view::npos) end = text_.size();
  std::string_view line = text_.substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

SourcePosition SourceText::position_of(std::size_t offset, std::uint32_t file) const {
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - begins_.begin());
  return position_of(line, offset - begins_[line - 1], file);
}

SourcePosition SourceText::position_of(std::uint32_t number, std::size_t column,
                                       std::uint32_t file) const {
  const std::string_view text = line(number);
  const std::string_view before = text.substr(0, std::min(column, text.size()));
  const auto characters =
      std::count_if(before.begin(), before.end(), [](char c) { return !continues_character(c); });
  return {file, number, static_cast<std::uint32_t>(characters) + 1};
}

std::size_t SourceText::octets_before(SourcePosition position) const {
  const std::string_view text = line(position.line);
  std::size_t octets = 0;
  for (std::uint32_t column = 1; column < position.column && octets < text.size(); ++column) {
    ++octets;
    while (octets < text.size() && continues_character(text[octets])) ++octets;
  }
  return octets;
}

}  // namespace mailcosm::sim::scenario
