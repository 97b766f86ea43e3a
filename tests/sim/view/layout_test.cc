#include "sim/view/layout.h"

#include <gtest/gtest.h>

#include <set>

namespace mailcosm::sim::view {
namespace {

NetworkMap two_organisations() {
  NetworkMap map;
  map.hosts = {{"router.red.com", "router", "red.com"},   {"mail.red.com", "mta", "red.com"},
               {"laptop.red.com", "client", "red.com"},   {"internet", "router", ""},
               {"router.blue.com", "router", "blue.com"}, {"mx.blue.com", "mta", "blue.com"},
               {"phone.blue.com", "client", "blue.com"}};
  map.links = {{0, 1}, {0, 2}, {0, 3}, {3, 4}, {4, 5}, {4, 6}};
  return map;
}

void expect_apart(const NetworkMap& map) {
  for (std::size_t a = 0; a < map.hosts.size(); ++a) {
    const MapHost& host = map.hosts[a];
    EXPECT_TRUE(host.x >= 0 && host.x <= map.width && host.y >= 0 && host.y <= map.height) << a;
    for (std::size_t b = 0; b < a; ++b) {
      const MapHost& other = map.hosts[b];
      EXPECT_TRUE(std::abs(host.x - other.x) >= kCellWidth ||
                  std::abs(host.y - other.y) >= kCellHeight)
          << a << " and " << b;
    }
  }
}

TEST(LayoutTest, PutsTheInternetBetweenTheOrganisations) {
  NetworkMap map = two_organisations();
  lay_out(map);
  expect_apart(map);
  EXPECT_LT(map.hosts[2].x, map.hosts[1].x);  // people outside
  EXPECT_LT(map.hosts[1].x, map.hosts[0].x);
  EXPECT_LT(map.hosts[0].x, map.hosts[3].x);
  EXPECT_LT(map.hosts[3].x, map.hosts[4].x);
  EXPECT_LT(map.hosts[5].x, map.hosts[6].x);
  ASSERT_EQ(map.areas.size(), 2u);
  EXPECT_EQ(map.areas[0].name, "red.com");
}

// The numbers are a contract: pictures and the page show the same on every machine.
TEST(LayoutTest, GivesTheSameIntegersEverywhere) {
  NetworkMap map = two_organisations();
  lay_out(map);
  std::vector<std::pair<int, int>> positions;
  for (const MapHost& host : map.hosts) positions.emplace_back(host.x, host.y);
  const std::vector<std::pair<int, int>> expected = {
      {448, 120}, {288, 160}, {128, 120}, {752, 120}, {1056, 120}, {1216, 160}, {1376, 120}};
  EXPECT_EQ(positions, expected);
  EXPECT_EQ(std::pair(map.width, map.height), std::pair(1504, 268));
}

TEST(LayoutTest, FramesHoldTheirHosts) {
  NetworkMap map = two_organisations();
  lay_out(map);
  for (const MapHost& host : map.hosts) {
    for (const MapArea& area : map.areas) {
      const bool inside = host.x > area.x && host.x < area.x + area.width && host.y > area.y &&
                          host.y < area.y + area.height;
      EXPECT_EQ(inside, host.organisation == area.name) << host.name << " " << area.name;
    }
  }
}

TEST(LayoutTest, LaysAChainOutInAChain) {
  NetworkMap map;
  map.hosts = {{"b", "router", ""}, {"a", "mta", ""}, {"c", "mta", ""}};
  map.links = {{1, 0}, {0, 2}};
  lay_out(map);
  expect_apart(map);
  EXPECT_LT(map.hosts[1].x, map.hosts[0].x);
  EXPECT_LT(map.hosts[0].x, map.hosts[2].x);
  EXPECT_TRUE(map.areas.empty());
}

TEST(LayoutTest, KeepsManyOrganisationsAndUnconnectedHostsApart) {
  NetworkMap map;
  for (int i = 0; i < 40; ++i) {
    const std::string domain = i % 4 == 3 ? "" : "org" + std::to_string(i / 4) + ".com";
    map.hosts.push_back({"h" + std::to_string(i), i % 4 == 0 ? "router" : "mta", domain});
  }
  lay_out(map);
  expect_apart(map);
  NetworkMap alone;
  for (int i = 0; i < 5; ++i) alone.hosts.push_back({"h" + std::to_string(i), "mta", ""});
  lay_out(alone);
  expect_apart(alone);
}

TEST(LayoutTest, NothingIsAPictureToo) {
  NetworkMap map;
  lay_out(map);
  EXPECT_GT(map.width, 0);
}

}  // namespace
}  // namespace mailcosm::sim::view
