#include "protocols/base/word_hash.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace mailcosm {
namespace {

std::uint64_t hash_of(std::string_view text) {
  WordHash hash;
  hash.add(text);
  return hash.value();
}

std::string text_of(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>('a' + i * i % 23));
  return text;
}

TEST(WordHashTest, DoesNotDependOnHowTheOctetsAreCut) {
  const std::string text = text_of(131);
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (const std::size_t second : {first, (first + text.size()) / 2}) {
      WordHash hash;
      hash.add(std::string_view(text).substr(0, first));
      hash.add(std::string_view(text).substr(first, second - first));
      hash.add(std::string_view(text).substr(second));
      EXPECT_EQ(hash.value(), hash_of(text)) << first;
    }
  }
}

TEST(WordHashTest, TakesOctetByOctet) {
  const std::string text = text_of(97);
  WordHash hash;
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_EQ(hash.value(), hash_of(text.substr(0, i)));
    hash.add(std::string_view(text).substr(i, 1));
  }
  EXPECT_EQ(hash.value(), hash_of(text));
}

TEST(WordHashTest, DiffersInEachOctetAndInTheLength) {
  std::set<std::uint64_t> seen;
  for (std::size_t size = 0; size < 100; ++size) seen.insert(hash_of(std::string(size, '\0')));
  EXPECT_EQ(seen.size(), 100u);
  const std::string text = text_of(100);
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string other = text;
      other[i] = static_cast<char>(other[i] ^ (1 << bit));
      EXPECT_TRUE(seen.insert(hash_of(other)).second);
    }
  }
}

TEST(WordHashTest, IsTheSameOnEveryMachine) {
  EXPECT_EQ(hash_of(""), 0x3d04'5172'0b96'540fu);
  EXPECT_EQ(hash_of(text_of(100)), 0x22c1'e115'2bb4'ddc7u);
}

TEST(WordHashTest, SeesOctetsAbove127AtAnyPlace) {
  for (std::size_t size : {1u, 7u, 31u, 32u, 33u, 100u}) {
    for (std::size_t i = 0; i < size; ++i) {
      std::string text = text_of(size);
      WordHash plain;
      plain.add(text);
      EXPECT_FALSE(plain.has_eight_bit());
      text[i] = '\x80';
      WordHash hash;
      hash.add(std::string_view(text).substr(0, 5));
      hash.add(std::string_view(text).substr(std::min<std::size_t>(5, text.size())));
      EXPECT_TRUE(hash.has_eight_bit()) << size << " " << i;
    }
  }
}

}  // namespace
}  // namespace mailcosm
