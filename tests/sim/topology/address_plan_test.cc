#include "sim/topology/address_plan.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

using Family = IpAddress::Family;

IpAddress address(std::string_view text) { return IpAddress::parse(text).value(); }

TEST(AddressPlanTest, GivesDocumentationBlocksInOrder) {
  AddressPlan plan;
  EXPECT_EQ(plan.assign(Family::kIpv4, 0).value().to_string(), "192.0.2.1");
  for (int i = 0; i < 252; ++i) ASSERT_TRUE(plan.assign(Family::kIpv4, 0));
  EXPECT_EQ(plan.assign(Family::kIpv4, 0).value().to_string(), "192.0.2.254");
  EXPECT_EQ(plan.assign(Family::kIpv4, 0).value().to_string(), "198.51.100.1");
  for (int i = 0; i < 253; ++i) ASSERT_TRUE(plan.assign(Family::kIpv4, 0));
  EXPECT_EQ(plan.assign(Family::kIpv4, 0).value().to_string(), "203.0.113.1");
  for (int i = 0; i < 253; ++i) ASSERT_TRUE(plan.assign(Family::kIpv4, 0));
  EXPECT_EQ(plan.assign(Family::kIpv4, 0).value().to_string(), "198.18.0.1");
  for (int i = 0; i < 131'069; ++i) ASSERT_TRUE(plan.assign(Family::kIpv4, 0));
  EXPECT_EQ(plan.assign(Family::kIpv4, 0).value().to_string(), "10.0.0.1");
  EXPECT_EQ(plan.assign(Family::kIpv6, 0).value().to_string(), "2001:db8::1");
  EXPECT_EQ(plan.assign(Family::kIpv6, 0).value().to_string(), "2001:db8::2");
}

TEST(AddressPlanTest, SkipsAddressesThatWereGiven) {
  AddressPlan plan;
  ASSERT_TRUE(plan.claim(address("192.0.2.1"), 7));
  ASSERT_TRUE(plan.claim(address("2001:db8::1"), 7));
  EXPECT_EQ(plan.assign(Family::kIpv4, 0).value().to_string(), "192.0.2.2");
  EXPECT_EQ(plan.assign(Family::kIpv6, 0).value().to_string(), "2001:db8::2");
  EXPECT_EQ(plan.owner_of(address("192.0.2.1")), 7u);
  EXPECT_EQ(plan.owner_of(address("192.0.2.2")), 0u);
  EXPECT_EQ(plan.owner_of(address("192.0.2.3")), std::nullopt);
}

TEST(AddressPlanTest, KnowsTheOwnersOfThousands) {
  constexpr HostIndex kHosts = 5'000;
  AddressPlan plan;
  EXPECT_EQ(plan.owner_of(address("192.0.2.1")), std::nullopt);
  std::vector<IpAddress> given;
  for (HostIndex host = 0; host < kHosts; ++host) {
    given.push_back(plan.assign(Family::kIpv4, host).value());
    given.push_back(plan.assign(Family::kIpv6, host).value());
  }
  for (std::size_t i = 0; i < given.size(); ++i) ASSERT_EQ(plan.owner_of(given[i]), i / 2);
  EXPECT_EQ(plan.owner_of(address("10.0.0.1")), std::nullopt);
  EXPECT_EQ(plan.owner_of(address("2001:db8::1:0")), std::nullopt);
  EXPECT_EQ(plan.owner_of(IpAddress()), std::nullopt);
}

TEST(AddressPlanTest, RefusesDuplicatesAndAddressesOfNoHost) {
  AddressPlan plan;
  ASSERT_TRUE(plan.claim(address("192.0.2.9"), 1));
  EXPECT_EQ(plan.claim(address("192.0.2.9"), 2).error().what, "address 192.0.2.9 is already taken");
  for (const char* text :
       {"0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "ff02::1"}) {
    EXPECT_FALSE(plan.claim(address(text), 1)) << text;
  }
  EXPECT_FALSE(plan.claim(IpAddress(), 1));
}

}  // namespace
}  // namespace mailcosm::sim
