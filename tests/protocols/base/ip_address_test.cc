#include "protocols/base/ip_address.h"

#include <gtest/gtest.h>

namespace mailcosm {
namespace {

TEST(IpAddressTest, ReadsAndWritesIpv4) {
  EXPECT_EQ(IpAddress::parse("192.0.2.1")->to_ipv4(), 0xc0000201u);
  EXPECT_EQ(IpAddress::ipv4(0x0a000001).to_string(), "10.0.0.1");
  for (const char* wrong :
       {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1..2.3", "a.b.c.d"}) {
    EXPECT_FALSE(IpAddress::parse(wrong)) << wrong;
  }
}

// RFC 5952 section 4: the canonical text form.
TEST(IpAddressTest, WritesTheCanonicalFormOfIpv6) {
  const std::pair<const char*, const char*> forms[] = {
      {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
      {"2001:DB8::1", "2001:db8::1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"::ffff:192.0.2.1", "::ffff:c000:201"}};
  for (const auto& [text, canonical] : forms) {
    const auto address = IpAddress::parse(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->to_string(), canonical);
  }
  for (const char* wrong : {":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3",
                            "12345::", "::g", "1:2:3:4:5:6:7::8", "::1.2.3"}) {
    EXPECT_FALSE(IpAddress::parse(wrong)) << wrong;
  }
}

TEST(IpAddressTest, NamesItsReverseZone) {
  EXPECT_EQ(IpAddress::parse("192.0.2.1")->reverse_name(), "1.2.0.192.in-addr.arpa");
  EXPECT_EQ(IpAddress::parse("2001:db8::1")->reverse_name(),
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
}

}  // namespace
}  // namespace mailcosm
