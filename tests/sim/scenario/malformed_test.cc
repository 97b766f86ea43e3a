// Every file in malformed/ is refused, with exactly the message that stands beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/scenario/parse.h"
#include "tests/sim/scenario/support.h"
#include "tests/support/golden.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr const char* kFolder = "tests/sim/scenario/malformed";

std::vector<std::string> malformed_files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class MalformedTest : public testing::TestWithParam<std::string> {};

TEST_P(MalformedTest, IsRefusedWithItsMessage) {
  const std::string path = std::string(kFolder) + "/" + GetParam();
  const std::string text = read_file(path + ".yaml");
  const Parsed parsed = parse(GetParam() + ".yaml", text);
  EXPECT_FALSE(parsed.scenario.has_value());
  EXPECT_FALSE(parsed.problems.empty());
  EXPECT_GOLDEN(path + ".txt", to_text(parsed.problems));
}

INSTANTIATE_TEST_SUITE_P(Files, MalformedTest, testing::ValuesIn(malformed_files()),
                         [](const auto& file) { return file.param; });

TEST(MalformedFolderTest, HoldsManyFiles) { EXPECT_GE(malformed_files().size(), 80u); }

}  // namespace
}  // namespace mailcosm::sim::scenario
