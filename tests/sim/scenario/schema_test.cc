// The schema and the reference are made from the same table as the parser, and must agree with it
// and with the page.
#include "sim/scenario/schema.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "sim/scenario/keys.h"
#include "tests/sim/scenario/support.h"
#include "tests/support/golden.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr const char* kPage = "docs/scenario-format.md";
constexpr std::string_view kBegin = "<!-- generated: keys -->\n";
constexpr std::string_view kEnd = "<!-- end of generated -->\n";

TEST(SchemaTest, ThePageHoldsTheTablesOfThisVersion) {
  const std::string page = read_file(kPage);
  const std::size_t begin = page.find(kBegin), end = page.find(kEnd);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::string wanted = page.substr(0, begin) + std::string(kBegin) + "\n" +
                             reference_tables() + "\n" + page.substr(end);
  EXPECT_GOLDEN(kPage, wanted);
}

TEST(SchemaTest, EveryKeyIsExplained) {
  for (const Shape* shape : all_shapes()) {
    for (const std::span<const Key> keys : {shape->keys, shape->one_of}) {
      for (const Key& key : keys) {
        EXPECT_FALSE(key.about.empty()) << shape->name << "." << key.name;
        EXPECT_TRUE(key.about.ends_with('.') || key.about.ends_with(")."))
            << shape->name << "." << key.name;
        EXPECT_FALSE(key.example.empty()) << shape->name << "." << key.name;
        EXPECT_EQ(key.type == Type::kObject, key.shape != nullptr)
            << shape->name << "." << key.name;
        EXPECT_EQ(key.type == Type::kChoice, !key.choices.empty())
            << shape->name << "." << key.name;
      }
    }
    if (!shape->short_for.empty()) {
      EXPECT_NE(find_key(*shape, shape->short_for), nullptr) << shape->name;
    }
  }
}

TEST(SchemaTest, NoKeyStandsTwice) {
  for (const Shape* shape : all_shapes()) {
    std::set<std::string_view> names;
    for (const std::span<const Key> keys : {shape->keys, shape->one_of}) {
      for (const Key& key : keys)
        EXPECT_TRUE(names.insert(key.name).second) << shape->name << "." << key.name;
    }
  }
}

// A validator that nobody here wrote: python3-jsonschema.
class ValidatorTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("python3 -c 'import jsonschema, yaml' 2>/dev/null") != 0) {
      GTEST_SKIP()
          << "python3 has no jsonschema or no yaml (apt install python3-jsonschema python3-yaml)";
    }
    schema_ = testing::TempDir() + "scenario.schema.json";
    std::ofstream(schema_) << json_schema();
  }

  // Exit code 0: all files are valid; 1: one is not; 2: the schema itself is not.
  int validate(const std::string& files) const {
    const std::string command = "python3 tests/sim/scenario/validate.py " + schema_ + " " + files;
    const int status = std::system(command.c_str());
    return status < 0 ? -1 : status >> 8;
  }

  std::string schema_;
};

TEST_F(ValidatorTest, AcceptsTheShippedScenarios) {
  std::string files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("scenarios")) {
    if (entry.path().extension() == ".yaml") files += " " + entry.path().string();
  }
  EXPECT_EQ(validate(files), 0);
}

TEST_F(ValidatorTest, RefusesWhatTheParserRefusesForItsForm) {
  std::string files = "--invalid";
  for (const char* name : {"key_unknown",
                           "key_unknown_nested",
                           "key_misplaced",
                           "key_missing_title",
                           "version_unknown",
                           "type_list_for_mapping",
                           "type_mapping_for_text",
                           "type_text_for_list",
                           "type_number_for_text",
                           "type_text_no",
                           "number_negative",
                           "number_out_of_range",
                           "unit_missing",
                           "unit_unknown",
                           "unit_wrong_kind",
                           "date_without_zone",
                           "host_name_bad",
                           "mail_address_bad",
                           "verb_unknown",
                           "verb_twice",
                           "expectation_two_topics",
                           "expectation_comparison_unknown",
                           "agent_service_unknown",
                           "local_part_with_domain"}) {
    files += " tests/malformed/" + std::string(name) + ".yaml";
  }
  EXPECT_EQ(validate(files), 0);
}

}  // namespace
}  // namespace mailcosm::sim::scenario
