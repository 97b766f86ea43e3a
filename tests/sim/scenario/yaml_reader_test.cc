#include "sim/scenario/yaml_reader.h"

#include <gtest/gtest.h>

namespace mailcosm::sim::scenario {
namespace {

std::optional<Node> read(std::string_view text, Reporter& reporter) {
  return read_yaml(reporter.add_file("test.yaml", text), reporter);
}

TEST(YamlReaderTest, KeepsOrderAndPositions) {
  Reporter reporter;
  const auto root = read("b: 1\na:\n  - x\n  - {c: y}\n", reporter);
  ASSERT_TRUE(root && reporter.empty());
  ASSERT_EQ(root->keys.size(), 2u);
  EXPECT_EQ(root->keys[0].text, "b");
  EXPECT_EQ(root->keys[1].source, (SourcePosition{0, 2, 1}));
  const Node& list = root->items[1];
  EXPECT_EQ(list.items[0].source, (SourcePosition{0, 3, 5}));
  EXPECT_EQ(list.items[1].find("c")->source, (SourcePosition{0, 4, 9}));
}

TEST(YamlReaderTest, ColumnsCountCharacters) {
  Reporter reporter;
  const auto root = read("{\"\xc3\xa4\xc3\xb6\": x}\n", reporter);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->items[0].source, (SourcePosition{0, 1, 8}));
}

TEST(YamlReaderTest, TellsQuotedFromPlain) {
  Reporter reporter;
  const auto root = read("a: 1\nb: \"1\"\nc: '1'\nd: |\n  1\n", reporter);
  ASSERT_TRUE(root);
  EXPECT_FALSE(root->find("a")->quoted);
  for (const char* key : {"b", "c", "d"}) EXPECT_TRUE(root->find(key)->quoted) << key;
  EXPECT_EQ(root->find("d")->text, "1\n");
}

TEST(YamlReaderTest, NothingIsNothing) {
  Reporter reporter;
  EXPECT_TRUE(read("", reporter)->is_nothing());
  EXPECT_TRUE(read("# comment\n", reporter)->is_nothing());
  EXPECT_TRUE(read("a:\n", reporter)->find("a")->is_nothing());
  EXPECT_TRUE(read("a: null\n", reporter)->find("a")->is_nothing());
  EXPECT_EQ(read("a: \"null\"\n", reporter)->find("a")->text, "null");
}

TEST(YamlReaderTest, ADuplicateKeyNamesTheFirst) {
  Reporter reporter;
  read("a: 1\nb: 2\na: 3\n", reporter);
  const auto problems = reporter.take();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].message, "key 'a' is already in line 1");
  EXPECT_EQ(problems[0].source, (SourcePosition{0, 3, 1}));
}

}  // namespace
}  // namespace mailcosm::sim::scenario
