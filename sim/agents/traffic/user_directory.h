// UserDirectory: all users of a world who are counted and not listed, and how popular they are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/random.h"
#include "sim/agents/common/user_range.h"
#include "sim/population/zipf.h"

namespace mailcosm::sim {

// Immutable once made, so that all hosts may share it. Users are numbered from 0 through all
// ranges.
class UserDirectory {
 public:
  // REQUIRES: at least one user.
  UserDirectory(std::vector<UserRange> ranges, std::int64_t popularity_millionths);

  std::uint64_t count() const { return firsts_.back(); }
  std::string local_part(std::uint64_t user) const;
  const std::string& domain(std::uint64_t user) const { return ranges_[range_of(user)].domain; }

  // A user, the popular ones more often.
  std::uint64_t draw(Random& random) const;
  // One of the same domain as `user`, who may be the same.
  std::uint64_t draw_neighbour(std::uint64_t user, Random& random) const;

 private:
  std::size_t range_of(std::uint64_t user) const;

  std::vector<UserRange> ranges_;
  std::vector<std::uint64_t> firsts_;  // number of the first user of each range, then of all users
  Zipf ranks_;
};

// Ranks from 1 to `count` as places from 0, spread over all of them so that those of high rank are
// not neighbours. A permutation.
std::uint64_t spread(std::uint64_t rank, std::uint64_t count);

}  // namespace mailcosm::sim
