// SequenceSet: which messages a command is about, by sequence number or UID (RFC 3501 section 9,
// sequence-set).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.h"

namespace mailcosm::imap {

class SequenceSet {
 public:
  // Stands for `*`, the largest number in use.
  static constexpr std::uint32_t kLargest = 0;
  static constexpr std::size_t kRangesMax = 10'000;

  struct Range {
    std::uint32_t first = kLargest;
    std::uint32_t last = kLargest;  // may be the smaller one
    friend bool operator==(const Range&, const Range&) = default;
  };

  SequenceSet() = default;
  static SequenceSet of(std::uint32_t number) { return range(number, number); }
  static SequenceSet range(std::uint32_t first, std::uint32_t last);
  // `1:3,5,7:*`. An Error for anything else, for 0, for numbers above 2^32-1 and for too many
  // ranges.
  static Result<SequenceSet> parse(std::string_view text, std::size_t ranges_max = kRangesMax);

  void add(std::uint32_t first, std::uint32_t last) { ranges_.push_back({first, last}); }
  bool empty() const { return ranges_.empty(); }
  const std::vector<Range>& ranges() const { return ranges_; }

  // Ascending and disjoint, with `*` replaced by `largest` and the order of a range put right. A
  // set that names `*` of an empty mailbox (largest 0) loses that range.
  SequenceSet resolved(std::uint32_t largest) const;
  // REQUIRES: resolved.
  bool contains(std::uint32_t number) const;

  void append_to(std::string& output) const;
  std::string to_string() const;

  friend bool operator==(const SequenceSet&, const SequenceSet&) = default;

 private:
  std::vector<Range> ranges_;
};

// Ascending numbers as the shortest set: {1,2,3,7} is `1:3,7`.
SequenceSet compressed(const std::vector<std::uint32_t>& ascending);

}  // namespace mailcosm::imap
