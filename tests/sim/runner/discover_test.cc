#include "sim/runner/discover.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace mailcosm::sim::runner {
namespace {

namespace fs = std::filesystem;

class DiscoverTest : public testing::Test {
 protected:
  DiscoverTest()
      : root_(fs::temp_directory_path() / ("mailcosm-discover-" + std::to_string(getpid()))) {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~DiscoverTest() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& text = "mailcosm: 1\n") const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  std::string path(const std::string& name) const { return (root_ / name).native(); }
  // Relative to the root.
  std::vector<std::string> found(const std::vector<std::string>& arguments) const {
    std::vector<std::string> names;
    const auto files = discover(arguments);
    for (const std::string& file : files.value())
      names.push_back(fs::path(file).lexically_relative(root_).native());
    return names;
  }

  fs::path root_;
};

TEST_F(DiscoverTest, FindsScenariosInFoldersSorted) {
  for (const char* name : {"b.yaml", "a/z.yaml", "a/b/c.yml", "a.yaml", "a-b.yaml", "Z.yaml"})
    write(name);
  EXPECT_EQ(found({root_.native()}), (std::vector<std::string>{"Z.yaml", "a/b/c.yml", "a/z.yaml",
                                                               "a-b.yaml", "a.yaml", "b.yaml"}));
}

TEST_F(DiscoverTest, LeavesOutWhatIsNoScenarioAndWhatIsHidden) {
  write("values.yaml", "kind: values\n");
  write("nested.yaml", "a:\n  mailcosm: 1\n");
  write("text.txt");
  write(".hidden.yaml");
  write(".git/a.yaml");
  write("good.yaml", "# comment\n\nmailcosm : 1\n");
  write("broken.yaml", "\tmailcosm\nmailcosm: [\n");
  EXPECT_EQ(found({root_.native()}), (std::vector<std::string>{"broken.yaml", "good.yaml"}));
}

TEST_F(DiscoverTest, TakesFilesAsTheyAreNamedAndOnce) {
  write("b.yaml");
  write("a.yaml");
  write("other.txt", "");
  EXPECT_EQ(found({path("other.txt"), path("b.yaml"), root_.native(), path("./b.yaml")}),
            (std::vector<std::string>{"other.txt", "b.yaml", "a.yaml"}));
}

TEST_F(DiscoverTest, NamesWhatIsNotThere) {
  const auto files = discover({path("nothing")});
  ASSERT_FALSE(files.has_value());
  EXPECT_NE(files.error().what.find("nothing"), std::string::npos);
}

TEST_F(DiscoverTest, AnEmptyFolderHasNone) { EXPECT_TRUE(found({root_.native()}).empty()); }

TEST(IsScenarioTest, LooksForTheKeyAtTheTop) {
  EXPECT_TRUE(is_scenario("mailcosm: 1"));
  EXPECT_TRUE(is_scenario("\xef\xbb\xbfmailcosm: 1"));
  EXPECT_TRUE(is_scenario("title: x\r\n\"mailcosm\": 1\r\n"));
  EXPECT_TRUE(is_scenario("{mailcosm: 1, title: x}"));
  EXPECT_FALSE(is_scenario(""));
  EXPECT_FALSE(is_scenario("mailcosmic: 1"));
  EXPECT_FALSE(is_scenario("# mailcosm: 1"));
  EXPECT_FALSE(is_scenario("mailcosm"));
}

}  // namespace
}  // namespace mailcosm::sim::runner
