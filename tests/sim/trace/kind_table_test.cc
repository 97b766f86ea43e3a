#include "sim/trace/kind_table.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

namespace mailcosm::sim {
namespace {

TEST(KindTableTest, NamesAreUniqueAndFound) {
  std::set<std::string_view> names;
  for (int number = 0; number < kKinds; ++number) {
    const KindInfo& info = info_of(static_cast<Kind>(number));
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_EQ(kind_of(info.name), info.kind);
    EXPECT_TRUE(info.about.ends_with('.')) << info.name;
    std::set<std::string_view> fields;
    for (const FieldInfo& field : info.fields) {
      EXPECT_TRUE(fields.insert(field.name).second) << info.name << " " << field.name;
      EXPECT_LE(field.name.size(), 64u);
    }
  }
  EXPECT_EQ(kind_of("cake.baked"), std::nullopt);
}

TEST(KindTableTest, StandsInTheDocumentation) {
  // The tests run in the root of the sources.
  std::ifstream file("docs/trace-format.md");
  ASSERT_TRUE(file) << "docs/trace-format.md cannot be read";
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::string begin = "<!-- kinds: begin -->\n\n";
  const std::string end = "\n<!-- kinds: end -->";
  const std::size_t from = page.find(begin);
  const std::size_t to = page.find(end);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos && from < to);
  const std::string found = page.substr(from + begin.size(), to - from - begin.size());
  EXPECT_TRUE(found == kind_table_markdown())
      << "put this between the two marks of docs/trace-format.md:\n"
      << kind_table_markdown();
}

}  // namespace
}  // namespace mailcosm::sim
