#include "protocols/imap/sequence_set.h"

#include <algorithm>
#include <charconv>

#include "protocols/base/ascii.h"

namespace mailcosm::imap {
namespace {

// seq-number = nz-number / "*"
bool take_number(std::string_view& text, std::uint32_t& number) {
  if (text.starts_with('*')) {
    text.remove_prefix(1);
    number = SequenceSet::kLargest;
    return true;
  }
  std::uint64_t value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && ascii::is_digit(text[digits])) {
    value = value * 10 + static_cast<std::uint64_t>(text[digits] - '0');
    if (value > UINT32_MAX) return false;
    ++digits;
  }
  if (digits == 0 || value == 0 || text.front() == '0') return false;
  number = static_cast<std::uint32_t>(value);
  text.remove_prefix(digits);
  return true;
}

void append_number(std::uint32_t number, std::string& output) {
  if (number == SequenceSet::kLargest) {
    output.push_back('*');
    return;
  }
  char digits[10];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  output.append(digits, end);
}

}  // namespace

SequenceSet SequenceSet::range(std::uint32_t first, std::uint32_t last) {
  SequenceSet set;
  set.add(first, last);
  return set;
}

// sequence-set = (seq-number / seq-range) *("," sequence-set)
// seq-range    = seq-number ":" seq-number
Result<SequenceSet> SequenceSet::parse(std::string_view text, std::size_t ranges_max) {
  SequenceSet set;
  std::string_view rest = text;
  for (;;) {
    Range range;
    const std::size_t offset = text.size() - rest.size();
    if (!take_number(rest, range.first)) return Error{"not a message number", offset};
    range.last = range.first;
    if (rest.starts_with(':')) {
      rest.remove_prefix(1);
      if (!take_number(rest, range.last)) return Error{"not a message number", offset};
    }
    if (set.ranges_.size() == ranges_max) return Error{"too many ranges in the set", offset};
    set.ranges_.push_back(range);
    if (rest.empty()) return set;
    if (!rest.starts_with(',')) return Error{"a comma is missing", text.size() - rest.size()};
    rest.remove_prefix(1);
  }
}

SequenceSet SequenceSet::resolved(std::uint32_t largest) const {
  SequenceSet result;
  for (Range range : ranges_) {
    const bool names_largest = range.first == kLargest || range.last == kLargest;
    if (names_largest && largest == 0) continue;
    if (range.first == kLargest) range.first = largest;
    if (range.last == kLargest) range.last = largest;
    if (range.first > range.last) std::swap(range.first, range.last);
    result.ranges_.push_back(range);
  }
  std::vector<Range>& ranges = result.ranges_;
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const bool touches = kept != 0 && (ranges[kept - 1].last == UINT32_MAX ||
                                       ranges[i].first <= ranges[kept - 1].last + 1);
    if (touches) {
      ranges[kept - 1].last = std::max(ranges[kept - 1].last, ranges[i].last);
    } else {
      ranges[kept++] = ranges[i];
    }
  }
  ranges.resize(kept);
  return result;
}

bool SequenceSet::contains(std::uint32_t number) const {
  const auto after = std::upper_bound(
      ranges_.begin(), ranges_.end(), number,
      [](std::uint32_t wanted, const Range& range) { return wanted < range.first; });
  return after != ranges_.begin() && number <= std::prev(after)->last;
}

void SequenceSet::append_to(std::string& output) const {
  std::string_view separator;
  for (const Range& range : ranges_) {
    output.append(separator);
    separator = ",";
    append_number(range.first, output);
    if (range.first == range.last) continue;
    output.push_back(':');
    append_number(range.last, output);
  }
}

std::string SequenceSet::to_string() const {
  std::string output;
  append_to(output);
  return output;
}

SequenceSet compressed(const std::vector<std::uint32_t>& ascending) {
  SequenceSet set;
  for (std::size_t i = 0; i < ascending.size();) {
    std::size_t end = i + 1;
    while (end < ascending.size() && ascending[end] == ascending[end - 1] + 1) ++end;
    set.add(ascending[i], ascending[end - 1]);
    i = end;
  }
  return set;
}

}  // namespace mailcosm::imap
