#include "sim/agents/traffic/user_directory.h"

#include <gtest/gtest.h>

#include <set>

namespace mailcosm::sim {
namespace {

TEST(UserRangeTest, KnowsItsUsersWithoutRegardToCase) {
  const UserRanges ranges({{"blue.com", "u", "", 100}, {"red.com", "x-", ".y", 9}});
  EXPECT_TRUE(ranges.has("u1@blue.com"));
  EXPECT_TRUE(ranges.has("U100@BLUE.com"));
  EXPECT_TRUE(ranges.has("x-9.y", "red.com"));
  for (const char* nobody : {"u0@blue.com", "u101@blue.com", "u01@blue.com", "u@blue.com",
                             "@blue.com", "u-1@blue.com", "u1@green.com", "u1", "", "x-.y@red.com",
                             "u1x@blue.com", "u99999999999999999999999@blue.com", "v1@blue.com"}) {
    EXPECT_FALSE(ranges.has(nobody)) << nobody;
  }
}

TEST(UserRangeTest, LogsIn) {
  const UserRanges ranges({{"blue.com", "u", "", 100}});
  EXPECT_EQ(ranges.log_in("u7@blue.com", "u7-password"), "u7@blue.com");
  EXPECT_EQ(ranges.log_in("U7@Blue.com", "u7-password"), "u7@blue.com");
  EXPECT_EQ(ranges.log_in("u7@blue.com", "u8-password"), "");
  EXPECT_EQ(ranges.log_in("u7@blue.com", ""), "");
  EXPECT_EQ(ranges.log_in("u101@blue.com", "u101-password"), "");
}

TEST(UserDirectoryTest, NumbersUsersThroughAllRanges) {
  const UserDirectory directory({{"a.com", "u", "", 3}, {"b.com", "v", "", 2}}, 0);
  EXPECT_EQ(directory.count(), 5u);
  EXPECT_EQ(directory.local_part(0) + "@" + directory.domain(0), "u1@a.com");
  EXPECT_EQ(directory.local_part(2) + "@" + directory.domain(2), "u3@a.com");
  EXPECT_EQ(directory.local_part(3) + "@" + directory.domain(3), "v1@b.com");
  EXPECT_EQ(directory.local_part(4) + "@" + directory.domain(4), "v2@b.com");
}

TEST(UserDirectoryTest, DrawsNeighboursOfTheSameDomain) {
  const UserDirectory directory({{"a.com", "u", "", 3}, {"b.com", "v", "", 4}}, 800'000);
  Random random(1);
  std::set<std::uint64_t> drawn, neighbours;
  for (int i = 0; i < 1'000; ++i) {
    drawn.insert(directory.draw(random));
    neighbours.insert(directory.draw_neighbour(5, random));
  }
  EXPECT_EQ(drawn.size(), 7u);
  EXPECT_EQ(neighbours, (std::set<std::uint64_t>{3, 4, 5, 6}));
}

TEST(UserDirectoryTest, SpreadsRanksOverAllPlaces) {
  for (const std::uint64_t count : {1u, 2u, 6u, 10u, 97u, 1000u}) {
    std::set<std::uint64_t> places;
    for (std::uint64_t rank = 1; rank <= count; ++rank) places.insert(spread(rank, count));
    EXPECT_EQ(places.size(), count);
    EXPECT_EQ(*places.rbegin(), count - 1);
  }
}

}  // namespace
}  // namespace mailcosm::sim
