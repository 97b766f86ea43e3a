#include "protocols/dns/cache.h"

#include <gtest/gtest.h>

#include "protocols/dns/master_file.h"

namespace mailcosm::dns {
namespace {

using namespace std::chrono_literals;

RrSet set_of(const std::string& line) {
  const Record record = parse_record(line).value();
  return {record.owner, record.type, record.rclass, record.ttl, {record.rdata}};
}

std::string first_data(const Cache::Entry* entry) {
  return entry == nullptr ? "nothing" : rdata_to_string(entry->set.type, entry->set.rdatas[0]);
}

constexpr Instant kStart{1'000'000'000};

TEST(CacheTest, HoldsAnEntryForItsTtl) {
  Cache cache;
  const Name name = Name::of("a.com");
  EXPECT_TRUE(cache.store(set_of("a.com. 10 A 192.0.2.1"), Credibility::kAuthAnswer, kStart));
  EXPECT_EQ(cache.find(name, Type::kA, kStart)->ttl_at(kStart), 10u);
  EXPECT_EQ(cache.find(Name::of("A.COM"), Type::kA, kStart + 9s)->ttl_at(kStart + 9s), 1u);
  EXPECT_NE(cache.find(name, Type::kA, kStart + 10s - 1ns), nullptr);
  EXPECT_EQ(cache.find(name, Type::kA, kStart + 10s), nullptr);
  EXPECT_EQ(cache.find(name, Type::kAaaa, kStart), nullptr);
}

TEST(CacheTest, PrefersWhatIsMoreCredible) {
  // RFC 2181 section 5.4.1: the ranking of data.
  Cache cache;
  const Name name = Name::of("a.com");
  EXPECT_TRUE(cache.store(set_of("a.com. 10 A 192.0.2.1"), Credibility::kGlue, kStart));
  EXPECT_TRUE(cache.store(set_of("a.com. 10 A 192.0.2.2"), Credibility::kAuthAnswer, kStart));
  EXPECT_FALSE(cache.store(set_of("a.com. 10 A 192.0.2.3"), Credibility::kAnswer, kStart));
  EXPECT_EQ(first_data(cache.find(name, Type::kA, kStart)), "192.0.2.2");
  EXPECT_TRUE(cache.store(set_of("a.com. 10 A 192.0.2.4"), Credibility::kAuthAnswer, kStart));
  EXPECT_EQ(first_data(cache.find(name, Type::kA, kStart)), "192.0.2.4");
  EXPECT_TRUE(cache.store(set_of("a.com. 10 A 192.0.2.5"), Credibility::kGlue, kStart + 10s));
}

TEST(CacheTest, DoesNotLetADelegationRenewItself) {
  Cache cache;
  EXPECT_TRUE(cache.store(set_of("a.com. 10 NS ns.a.com."), Credibility::kAuthority, kStart));
  EXPECT_FALSE(cache.store(set_of("a.com. 10 NS ns.a.com."), Credibility::kAuthority, kStart + 9s));
  EXPECT_EQ(cache.find(Name::of("a.com"), Type::kNs, kStart + 10s), nullptr);
}

TEST(CacheTest, DoesNotStoreTtlZero) {
  // RFC 1035 section 3.2.1: zero TTLs prohibit caching.
  Cache cache;
  EXPECT_FALSE(cache.store(set_of("a.com. 0 A 192.0.2.1"), Credibility::kAuthAnswer, kStart));
  EXPECT_EQ(cache.size(), 0u);
}

TEST(CacheTest, KeepsNegativeAnswersByTheSoa) {
  Cache cache;
  const Name name = Name::of("x.a.com");
  const Record soa = parse_record("a.com. 900 SOA a. b. 1 2 3 4 60").value();
  // RFC 2308 section 5: the lower one of the SOA's MINIMUM and its TTL.
  EXPECT_TRUE(cache.store_negative(name, Type::kA, Cache::Kind::kNoData, soa, kStart));
  EXPECT_EQ(cache.find(name, Type::kA, kStart)->kind, Cache::Kind::kNoData);
  EXPECT_EQ(cache.find(name, Type::kA, kStart)->ttl_at(kStart), 60u);
  EXPECT_EQ(cache.find(name, Type::kMx, kStart), nullptr);
  // RFC 2308 section 5: NXDOMAIN holds for every type.
  EXPECT_TRUE(cache.store_negative(name, Type::kA, Cache::Kind::kNoName, soa, kStart));
  EXPECT_EQ(cache.find(name, Type::kMx, kStart)->kind, Cache::Kind::kNoName);
  EXPECT_EQ(cache.find(name, Type::kMx, kStart + 60s), nullptr);
  // RFC 2308 section 5: negative responses without SOA records SHOULD NOT be cached.
  EXPECT_FALSE(cache.store_negative(Name::of("y.a.com"), Type::kA, Cache::Kind::kNoName,
                                    std::nullopt, kStart));
}

TEST(CacheTest, ForgetsThatANameWasMissingOnceItHasData) {
  Cache cache;
  const Record soa = parse_record("a.com. 900 SOA a. b. 1 2 3 4 60").value();
  cache.store_negative(Name::of("x.a.com"), Type::kA, Cache::Kind::kNoName, soa, kStart);
  EXPECT_TRUE(cache.store(set_of("x.a.com. 10 A 192.0.2.1"), Credibility::kGlue, kStart));
  EXPECT_EQ(first_data(cache.find(Name::of("x.a.com"), Type::kA, kStart)), "192.0.2.1");
}

TEST(CacheTest, CapsTtls) {
  Cache::Limits limits;
  limits.ttl_max = 100;
  limits.negative_ttl_max = 50;
  Cache cache(limits);
  cache.store(set_of("a.com. 1000 A 192.0.2.1"), Credibility::kAuthAnswer, kStart);
  EXPECT_EQ(cache.find(Name::of("a.com"), Type::kA, kStart)->ttl_at(kStart), 100u);
  cache.store_negative(Name::of("x.com"), Type::kA, Cache::Kind::kNoName,
                       parse_record("com. 900 SOA a. b. 1 2 3 4 600").value(), kStart);
  EXPECT_EQ(cache.find(Name::of("x.com"), Type::kA, kStart)->ttl_at(kStart), 50u);
}

TEST(CacheTest, DropsWhatExpiresFirstWhenFull) {
  for (std::size_t most : {2u, 3u}) {
    Cache::Limits limits;
    limits.entries_max = most;
    Cache cache(limits);
    cache.store(set_of("b.com. 30 A 192.0.2.1"), Credibility::kAuthAnswer, kStart);
    cache.store(set_of("a.com. 20 A 192.0.2.1"), Credibility::kAuthAnswer, kStart);
    cache.store(set_of("c.com. 10 A 192.0.2.1"), Credibility::kAuthAnswer, kStart);
    EXPECT_EQ(cache.size(), most);
    EXPECT_EQ(cache.find(Name::of("a.com"), Type::kA, kStart) == nullptr, most == 2);
  }
}

}  // namespace
}  // namespace mailcosm::dns
