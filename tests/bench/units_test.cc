#include "bench/units.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mailcosm::bench {
namespace {

// A unit that does not run would be noticed only where valgrind is installed.
TEST(UnitsTest, EachUnitRunsOnce) {
  for (const Unit& unit : units()) {
    SCOPED_TRACE(unit.name);
    unit.run(1);
  }
}

TEST(UnitsTest, EachUnitHasANameOfItsOwnWithoutSpacesAndTwoSizes) {
  std::set<std::string> names;
  for (const Unit& unit : units()) {
    EXPECT_EQ(std::string(unit.name).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
              std::string::npos)
        << unit.name;
    EXPECT_TRUE(names.insert(unit.name).second) << unit.name;
    EXPECT_LT(unit.few, unit.many) << unit.name;
  }
}

}  // namespace
}  // namespace mailcosm::bench
