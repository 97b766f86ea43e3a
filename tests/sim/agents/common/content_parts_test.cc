#include "sim/agents/common/content_parts.h"

#include <gtest/gtest.h>

#include <string>

namespace mailcosm::sim {
namespace {

// Whatever the stretch, its parts are what the whole text has there, and copies of nothing.
TEST(ContentPartsTest, CoverEveryStretch) {
  ContentPool pool;
  const Content content = pool.intern("Subject: x\r\n\r\n" + std::string(200, 'b'));
  ASSERT_FALSE(content.body().empty());
  const std::string text = content.text();
  for (std::size_t offset = 0; offset <= text.size(); ++offset) {
    for (const std::size_t length : {0, 1, 13, 14, 15, 150, 500}) {
      const auto [head, body] = parts_of(content, offset, length);
      EXPECT_EQ(std::string(head).append(body), text.substr(offset, length)) << offset;
      if (!body.empty()) {
        EXPECT_GE(body.data(), content.body().data());
      }
    }
  }
}

TEST(ContentPartsTest, KnowContentsWithoutBody) {
  const Content content("all head");
  EXPECT_EQ(parts_of(content, 4, 100)[0], "head");
  EXPECT_EQ(parts_of(content, 4, 100)[1], "");
}

}  // namespace
}  // namespace mailcosm::sim
