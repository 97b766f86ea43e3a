#include "protocols/base/content.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace mailcosm {
namespace {

const std::string kHead = "Subject: x\r\n\r\n";

std::string body(std::size_t size, char fill = 'b') { return std::string(size, fill); }

TEST(ContentTest, NullIsNotEmpty) {
  const Content none;
  const Content empty("");
  EXPECT_TRUE(none == nullptr);
  EXPECT_FALSE(empty == nullptr);
  EXPECT_TRUE(empty.empty());
  EXPECT_FALSE(none == empty);
  EXPECT_EQ(empty.text(), "");
}

TEST(ContentTest, IsEqualHoweverItIsCut) {
  ContentPool pool;
  const std::string text = kHead + body(500);
  const Content shared = pool.intern(text);
  EXPECT_EQ(shared.body().size(), 500u);
  EXPECT_EQ(shared, Content(text));
  EXPECT_EQ(shared.digest(), Content(text).digest());
  EXPECT_FALSE(shared == Content(kHead + body(500, 'c')));
  EXPECT_NE(shared.digest(), Content(kHead + body(500, 'c')).digest());
}

TEST(ContentTest, GivesAnyRange) {
  ContentPool pool;
  const std::string text = kHead + body(200) + "the end";
  const Content content = pool.intern(text);
  for (std::size_t from = 0; from <= text.size(); ++from) {
    for (const std::size_t length : {0u, 1u, 13u, 14u, 15u, 300u}) {
      std::string storage;
      EXPECT_EQ(content.range(from, length, storage), std::string_view(text).substr(from, length));
    }
  }
}

TEST(ContentTest, KnowsItsEnd) {
  ContentPool pool;
  const Content content = pool.intern(kHead + body(200) + "\r\n");
  EXPECT_TRUE(content.ends_with("b\r\n"));
  EXPECT_FALSE(content.ends_with("c\r\n"));
  EXPECT_TRUE(content.ends_with(kHead + body(200) + "\r\n"));
  EXPECT_FALSE(content.ends_with("x" + kHead + body(200) + "\r\n"));
}

TEST(ContentTest, FindsOctetsAbove127InEitherPart) {
  ContentPool pool;
  EXPECT_FALSE(pool.intern(kHead + body(200)).has_eight_bit());
  EXPECT_TRUE(pool.intern(kHead + body(200) + "\xE9").has_eight_bit());
  EXPECT_TRUE(pool.intern("Subject: \xE9\r\n\r\n" + body(200)).has_eight_bit());
  EXPECT_TRUE(Content("\xE9").has_eight_bit());
}

TEST(ContentTest, SharesTheBodyUnderAnotherHead) {
  ContentPool pool;
  const Content sent = pool.intern(kHead + body(1000));
  const Content relayed = Content::with_head({"Received: by mx\r\n", sent.head()}, sent);
  EXPECT_EQ(relayed.text(), "Received: by mx\r\n" + kHead + body(1000));
  EXPECT_TRUE(relayed.shares_body_with(sent));
  EXPECT_EQ(pool.octets(), 1000u);
}

TEST(ContentPoolTest, FindsABodyThatIsThere) {
  ContentPool pool;
  const Content one = pool.intern("A: 1\r\n\r\n" + body(1000));
  const Content other = pool.intern("B: 2\r\n\r\n" + body(1000));
  EXPECT_TRUE(one.shares_body_with(other));
  EXPECT_EQ(one.head(), "A: 1\r\n\r\n");
  EXPECT_EQ(other.head(), "B: 2\r\n\r\n");
  EXPECT_EQ(pool.bodies(), 1u);
}

TEST(ContentPoolTest, ForgetsABodyWithItsLastContent) {
  ContentPool pool;
  Content one = pool.intern(kHead + body(1000));
  Content copy = one;
  one = nullptr;
  EXPECT_EQ(pool.bodies(), 1u);
  copy = Content("another");
  EXPECT_EQ(pool.bodies(), 0u);
  EXPECT_EQ(pool.octets(), 0u);
}

TEST(ContentPoolTest, KeepsManyBodiesApart) {
  ContentPool pool;
  std::vector<Content> kept;
  for (int i = 0; i < 1000; ++i) kept.push_back(pool.intern(kHead + body(200) + std::to_string(i)));
  EXPECT_EQ(pool.bodies(), 1000u);
  for (std::size_t i = 0; i < kept.size(); i += 2) kept[i] = nullptr;
  EXPECT_EQ(pool.bodies(), 500u);
  for (std::size_t i = 1; i < kept.size(); i += 2) {
    const std::string text = kHead + body(200) + std::to_string(i);
    EXPECT_TRUE(pool.intern(text).shares_body_with(kept[i]));
    EXPECT_EQ(kept[i].text(), text);
  }
}

TEST(ContentPoolTest, CutsBehindTheFirstEmptyLine) {
  ContentPool pool;
  EXPECT_EQ(pool.intern("\r\n" + body(200)).head(), "\r\n");
  EXPECT_EQ(pool.intern("A: 1\r\n\r\n\r\n\r\n" + body(200)).head(), "A: 1\r\n\r\n");
  const std::string no_header = body(200) + "\r\n";
  EXPECT_EQ(pool.intern(no_header).head(), no_header);
  EXPECT_EQ(pool.intern("").head(), "");
}

TEST(ContentPoolTest, SharesBodiesFromItsLeastSizeOn) {
  ContentPool pool;
  const std::size_t least = ContentPool::kBodyMin;
  for (const std::size_t size : {least - 1, least, least + 1}) {
    const Content content = pool.intern(kHead + body(size));
    EXPECT_EQ(pool.bodies(), size >= least ? 1u : 0u);
    EXPECT_EQ(content.text(), kHead + body(size));
  }
}

TEST(ContentPoolTest, SharesNothingBehindAnOverlongHead) {
  ContentPool pool;
  const std::size_t most = ContentPool::kHeadMax;
  for (const std::size_t size : {most - 1, most, most + 1}) {
    const std::string head = "A: " + body(size - 7) + "\r\n\r\n";
    ASSERT_EQ(head.size(), size);
    const Content content = pool.intern(head + body(200));
    EXPECT_EQ(pool.bodies(), size <= most ? 1u : 0u);
    EXPECT_EQ(content.text(), head + body(200));
  }
}

TEST(ContentPoolTest, LeavesContentsBehindWhenItGoes) {
  auto pool = std::make_unique<ContentPool>();
  Content content = pool->intern(kHead + body(1000));
  pool.reset();
  EXPECT_EQ(content.text(), kHead + body(1000));
  content = nullptr;
}

}  // namespace
}  // namespace mailcosm
