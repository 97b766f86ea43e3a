// The digest under all trace digests: it sees every octet, and is the same everywhere.
#include "sim/trace/fold_hash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mailcosm::sim {
namespace {

std::uint64_t hash_of(std::string_view octets, std::uint64_t seed = 0) {
  FoldHash hash(seed);
  hash.add(octets);
  return hash.value();
}

TEST(FoldHashTest, SeesEveryBitOfEveryOctetAtEveryLength) {
  for (std::size_t length = 1; length <= 200; ++length) {
    std::string octets(length, 'm');
    std::set<std::uint64_t> values = {hash_of(octets)};
    for (std::size_t i = 0; i < length; ++i) {
      for (int bit = 0; bit < 8; ++bit) {
        octets[i] = static_cast<char>(octets[i] ^ 1 << bit);
        EXPECT_TRUE(values.insert(hash_of(octets)).second) << length << ' ' << i << ' ' << bit;
        octets[i] = static_cast<char>(octets[i] ^ 1 << bit);
      }
    }
  }
}

TEST(FoldHashTest, SeesLengthOrderAndSeed) {
  std::set<std::uint64_t> values;
  for (std::size_t length = 0; length <= 200; ++length) {
    EXPECT_TRUE(values.insert(hash_of(std::string(length, '\0'))).second) << length;
  }
  EXPECT_NE(hash_of("a", 1), hash_of("a", 2));
  FoldHash apart(0);
  apart.add("ab");
  apart.add("c");
  FoldHash otherwise(0);
  otherwise.add("a");
  otherwise.add("bc");
  EXPECT_NE(apart.value(), otherwise.value());
  FoldHash numbers(0);
  numbers.add(1, 2);
  FoldHash swapped(0);
  swapped.add(2, 1);
  FoldHash single(0);
  single.add(1);
  single.add(2);
  EXPECT_NE(numbers.value(), swapped.value());
  EXPECT_NE(numbers.value(), single.value());
}

TEST(FoldHashTest, DoesNotReadBeyondTheEnd) {
  for (std::size_t length = 0; length <= 120; ++length) {
    const std::string exact(length, 'x');
    const std::string longer = exact + "something else";
    EXPECT_EQ(hash_of(std::string_view(longer).substr(0, length)), hash_of(exact)) << length;
  }
}

TEST(FoldHashTest, IsTheSameOnEveryMachine) {
  std::string octets;
  for (int i = 0; i < 100; ++i) octets.push_back(static_cast<char>(i * 37));
  FoldHash hash(7);
  for (std::size_t length : {0u, 3u, 7u, 16u, 17u, 48u, 49u, 100u}) {
    hash.add(std::string_view(octets).substr(0, length));
  }
  hash.add(42);
  hash.add(1, 2);
  EXPECT_EQ(hash.value(), 0x29b8'8372'500c'2805u);
}

}  // namespace
}  // namespace mailcosm::sim
