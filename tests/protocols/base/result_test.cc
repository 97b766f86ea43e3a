#include "protocols/base/result.h"

#include <gtest/gtest.h>

namespace mailcosm {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return Error{"number is odd", 3};
  return number / 2;
}

TEST(ResultTest, CarriesAValueOrAnError) {
  EXPECT_EQ(half(8).value(), 4);
  EXPECT_FALSE(half(7));
  EXPECT_EQ(half(7).error(), (Error{"number is odd", 3}));
  EXPECT_EQ(half(7).value_or(-1), -1);
}

TEST(ResultDeathTest, TakingTheValueOfAnErrorIsABug) {
  EXPECT_DEATH(std::ignore = half(7).value(), "CHECK");
}

}  // namespace
}  // namespace mailcosm
