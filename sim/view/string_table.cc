#include "sim/view/string_table.h"

#include "protocols/base/hash.h"

namespace mailcosm::sim::view {
namespace {

constexpr std::size_t kSequenceMax = 4;  // octets of one character (RFC 3629 section 3)

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// The front of the text, without half a character at its end. REQUIRES: octets_max < text.size().
std::string_view front_of(std::string_view text, std::size_t octets_max) {
  std::size_t end = octets_max;
  while (end > 0 && octets_max - end < kSequenceMax && continues_character(text[end])) --end;
  return text.substr(0, end);
}

}  // namespace

std::size_t StringTable::TextHash::operator()(std::string_view text) const { return hash64(text); }

StringTable::StringTable(std::size_t octets_max) : octets_max_(octets_max) { number_of(""); }

std::uint32_t StringTable::number_of(std::string_view text) {
  if (text.size() > octets_max_) return number_of_cut(text);
  if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(strings_.size());
  const auto place = numbers_.emplace(text, number).first;
  strings_.push_back(&place->first);
  return number;
}

std::uint32_t StringTable::number_of_cut(std::string_view text) {
  const auto number = static_cast<std::uint32_t>(strings_.size());
  const auto [place, fresh] = cut_numbers_.emplace(std::pair(hash64(text), text.size()), number);
  if (!fresh) return place->second;
  strings_.push_back(&cut_strings_.emplace_back(front_of(text, octets_max_)));
  cut_.emplace_back(number, text.size());
  return number;
}

}  // namespace mailcosm::sim::view
