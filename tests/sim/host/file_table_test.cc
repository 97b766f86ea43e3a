#include "sim/host/file_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailcosm::sim {
namespace {

using Paths = std::vector<std::string>;

TEST(FileTableTest, FindsWhatWasMade) {
  FileTable files;
  EXPECT_EQ(files.find("a"), nullptr);
  files.make("a").content = Content("text");
  ASSERT_NE(files.find("a"), nullptr);
  EXPECT_EQ(files.find("a")->size(), 4u);
  EXPECT_EQ(&files.find_or_make("a"), files.find("a"));
  auto [path, file] = files.take("a");
  EXPECT_EQ(path, "a");
  EXPECT_EQ(file.whole().text(), "text");
  EXPECT_EQ(files.find("a"), nullptr);
}

TEST(FileTableTest, LeavesFilesWhereTheyAreWhenItGrows) {
  FileTable files;
  const DiskFile* first = &files.make("first");
  for (int i = 0; i < 1'000; ++i) files.make(std::to_string(i));
  EXPECT_EQ(files.find("first"), first);
}

// The order is made at the first look and kept up to date from then on.
TEST(FileTableTest, ListsInByteOrderWhateverHappens) {
  FileTable files;
  EXPECT_EQ(files.list(""), Paths{});
  for (const char* path : {"b/2", "a", "b/10", "b", "B", "b/1"}) files.make(path);
  EXPECT_EQ(files.list(""), (Paths{"B", "a", "b", "b/1", "b/10", "b/2"}));
  EXPECT_EQ(files.list("b/"), (Paths{"b/1", "b/10", "b/2"}));
  files.rename("b/1", "b/3");
  files.take("b/10");
  files.make("b/0");
  EXPECT_EQ(files.list("b/"), (Paths{"b/0", "b/2", "b/3"}));
  EXPECT_EQ(files.list("c"), Paths{});
  files.clear();
  files.make("b/9");
  EXPECT_EQ(files.list("b/"), Paths{"b/9"});
}

}  // namespace
}  // namespace mailcosm::sim
