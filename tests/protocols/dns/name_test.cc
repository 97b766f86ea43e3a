#include "protocols/dns/name.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace mailcosm::dns {
namespace {

using namespace std::string_view_literals;

std::string round_trip(std::string_view text) { return Name::parse(text).value().to_string(); }

TEST(NameTest, KeepsWireFormAndCase) {
  // RFC 1035 section 3.1: labels, each a length octet and octets, ended by the root's.
  EXPECT_EQ(Name::of("Mx.blue.COM").wire(), "\2Mx\4blue\3COM\0"sv);
  EXPECT_EQ(Name::of("Mx.blue.COM.").to_string(), "Mx.blue.COM.");
  EXPECT_EQ(Name::of("Mx.blue.COM.").to_host(), "Mx.blue.COM");
  EXPECT_EQ(Name().to_string(), ".");
  EXPECT_EQ(Name().to_host(), ".");
  EXPECT_TRUE(Name::of(".").is_root());
}

TEST(NameTest, ComparesWithoutCase) {
  // RFC 4343 section 3: ASCII letters match in either case, all else octet by octet.
  EXPECT_EQ(Name::of("BLUE.com"), Name::of("blue.COM"));
  EXPECT_EQ(Name::of("BLUE.com").view().hash(), Name::of("blue.COM").view().hash());
  EXPECT_NE(Name::of("blue.com"), Name::of("blue.con"));
  EXPECT_NE(Name::of("[.com"), Name::of("{.com"));
  // Octets of a label are no structure: a.b as one label is another name than a.b as two.
  EXPECT_NE(Name::of("a\\.b.com"), Name::of("a.b.com"));
  EXPECT_NE(Name::of("a\\003com"), Name::of("a.com"));
}

TEST(NameTest, OrdersCanonically) {
  // RFC 4034 section 6.1, with its own example.
  const std::vector<std::string> sorted = {
      "example.",   "a.example.",       "yljkjljk.a.example.", "Z.a.example.",    "zABC.a.EXAMPLE.",
      "z.example.", "\\001.z.example.", "*.z.example.",        "\\200.z.example."};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      EXPECT_EQ(Name::of(sorted[i]) < Name::of(sorted[j]), i < j) << sorted[i] << " " << sorted[j];
    }
  }
}

TEST(NameTest, ReadsAndWritesEscapes) {
  // RFC 1035 section 5.1: \X and \DDD.
  EXPECT_EQ(Name::of("a\\.b.c").view().first_label(), "a.b");
  EXPECT_EQ(Name::of("\\000\\255x").view().first_label(), "\0\377x"sv);
  EXPECT_EQ(round_trip("a\\.b\\\\\\032.c"), "a\\.b\\\\\\032.c.");
  EXPECT_EQ(round_trip("\\120"), "x.");
  EXPECT_EQ(round_trip("a\\;b\\\"c\\(d\\)e\\@f\\$g"), "a\\;b\\\"c\\(d\\)e\\@f\\$g.");
}

TEST(NameTest, RefusesWhatIsNoName) {
  for (const char* text : {"", "..", ".a", "a..b", "a..", "\\", "a\\", "\\25", "\\256", "\\2x5"}) {
    EXPECT_FALSE(Name::parse(text).has_value()) << text;
  }
  EXPECT_EQ(Name::parse("a..b").error().offset, 2u);
}

TEST(NameTest, HoldsLabelsTo63Octets) {
  // RFC 1035 section 2.3.4: labels 63 octets or less.
  EXPECT_TRUE(Name::parse(std::string(62, 'a')).has_value());
  EXPECT_TRUE(Name::parse(std::string(63, 'a')).has_value());
  EXPECT_FALSE(Name::parse(std::string(64, 'a')).has_value());
}

TEST(NameTest, HoldsNamesTo255Octets) {
  // RFC 1035 section 2.3.4: names 255 octets or less, length octets and the root counted.
  const std::string three =
      std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + ".";
  EXPECT_EQ(Name::of(three + std::string(60, 'd')).wire().size(), 254u);
  EXPECT_EQ(Name::of(three + std::string(61, 'd')).wire().size(), 255u);
  EXPECT_FALSE(Name::parse(three + std::string(62, 'd')).has_value());
  EXPECT_FALSE(Name::parse(three + std::string(61, 'd'), Name::of("e")).has_value());
  std::string many;
  for (int i = 0; i < 127; ++i) many += "a.";
  EXPECT_EQ(Name::of(many).labels(), 127u);
  EXPECT_FALSE(Name::parse(many + "a.").has_value());
}

TEST(NameTest, CompletesRelativeNames) {
  EXPECT_EQ(Name::parse("mx", Name::of("blue.com")).value(), Name::of("mx.blue.com"));
  EXPECT_EQ(Name::parse("mx.", Name::of("blue.com")).value(), Name::of("mx"));
  EXPECT_EQ(Name::parse("mx\\.", Name::of("blue.com")).value().labels(), 3u);
}

TEST(NameTest, KnowsWhatLiesWithinWhat) {
  const Name name = Name::of("a.b.Blue.com");
  EXPECT_TRUE(name.is_within(Name()));
  EXPECT_TRUE(name.is_within(Name::of("blue.COM")));
  EXPECT_TRUE(name.is_within(name));
  EXPECT_FALSE(name.is_within(Name::of("lue.com")));
  EXPECT_FALSE(Name::of("com").is_within(name));
  // The octets of "ue.com" end the name, but no label begins there.
  EXPECT_FALSE(Name::of("x\\002ue.com").is_within(Name::of("ue.com")));
  EXPECT_EQ(name.view().common_labels(Name::of("c.blue.com")), 2u);
  EXPECT_EQ(name.view().suffix(2).to_string(), "Blue.com.");
}

TEST(NameTest, ReadsOnlyWellFormedWire) {
  EXPECT_TRUE(Name::from_wire("\1a\0"sv).has_value());
  for (std::string_view wire : {""sv, "\1a"sv, "\1"sv, "\1a\0x"sv, "\100aaaa\0"sv, "\300\0"sv}) {
    EXPECT_FALSE(Name::from_wire(wire).has_value());
  }
}

TEST(NameBufferTest, JoinsAndReplaces) {
  NameBuffer buffer;
  EXPECT_TRUE(buffer.append_label("mx"));
  EXPECT_TRUE(buffer.append_label("blue"));
  EXPECT_EQ(buffer.view(), Name::of("mx.blue"));
  EXPECT_TRUE(buffer.join(Name::of("*."), Name::of("blue.com")));
  EXPECT_TRUE(buffer.view().is_wildcard());
  EXPECT_TRUE(buffer.replace_suffix(Name::of("a.b.old.org"), 2, Name::of("new.net")));
  EXPECT_EQ(buffer.view(), Name::of("a.b.new.net"));
  const Name longest =
      Name::of(std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c'));
  EXPECT_TRUE(buffer.join(longest, Name::of(std::string(61, 'd'))));
  EXPECT_FALSE(buffer.join(longest, Name::of(std::string(62, 'd'))));
  EXPECT_TRUE(buffer.view().is_root());
}

}  // namespace
}  // namespace mailcosm::dns
