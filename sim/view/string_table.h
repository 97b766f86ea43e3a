// StringTable: every different string of a trace once, numbered in the order in which they came.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mailcosm::sim::view {

class StringTable {
 public:
  // Longer strings are cut to at most this, between characters if they are UTF-8.
  explicit StringTable(std::size_t octets_max);
  StringTable(const StringTable&) = delete;
  StringTable& operator=(const StringTable&) = delete;

  // Number 0 is the empty string.
  std::uint32_t number_of(std::string_view text);

  std::size_t size() const { return strings_.size(); }
  const std::string& at(std::size_t number) const { return *strings_[number]; }
  // Number and length of each string that was cut.
  const std::vector<std::pair<std::uint32_t, std::size_t>>& cut() const { return cut_; }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const;
  };
  std::uint32_t number_of_cut(std::string_view text);

  std::size_t octets_max_;
  std::vector<const std::string*> strings_;
  // For look-up only.
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> numbers_;
  // Strings that were cut, by hash and length of the whole.
  std::map<std::pair<std::uint64_t, std::size_t>, std::uint32_t> cut_numbers_;
  std::deque<std::string> cut_strings_;
  std::vector<std::pair<std::uint32_t, std::size_t>> cut_;
};

}  // namespace mailcosm::sim::view
