#include "sim/agents/traffic/user_directory.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

std::vector<std::uint64_t> firsts_of(const std::vector<UserRange>& ranges) {
  std::vector<std::uint64_t> firsts = {0};
  for (const UserRange& range : ranges) firsts.push_back(firsts.back() + range.count);
  return firsts;
}

}  // namespace

std::uint64_t spread(std::uint64_t rank, std::uint64_t count) {
  __extension__ using Uint128 = unsigned __int128;
  // A stride near the golden section that has no divisor in common with the count.
  std::uint64_t stride = count * 618 / 1000 + 1;
  while (std::gcd(stride, count) != 1) ++stride;
  return static_cast<std::uint64_t>(static_cast<Uint128>(rank) * stride % count);
}

UserDirectory::UserDirectory(std::vector<UserRange> ranges, std::int64_t popularity_millionths)
    : ranges_(std::move(ranges)),
      firsts_(firsts_of(ranges_)),
      ranks_(firsts_.back(), popularity_millionths) {}

std::size_t UserDirectory::range_of(std::uint64_t user) const {
  CHECK(user < count());
  return static_cast<std::size_t>(std::upper_bound(firsts_.begin(), firsts_.end(), user) -
                                  firsts_.begin() - 1);
}

std::string UserDirectory::local_part(std::uint64_t user) const {
  const std::size_t range = range_of(user);
  return ranges_[range].local_part(user - firsts_[range] + 1);
}

std::uint64_t UserDirectory::draw(Random& random) const {
  return spread(ranks_.draw(random, count()), count());
}

std::uint64_t UserDirectory::draw_neighbour(std::uint64_t user, Random& random) const {
  const std::size_t range = range_of(user);
  const std::uint64_t users = ranges_[range].count;
  return firsts_[range] + spread(ranks_.draw(random, users), users);
}

}  // namespace mailcosm::sim
