// Golden files: what a program said when a person last looked at it and found it good.
//
//   EXPECT_GOLDEN("tests/sim/trace/narrative/alice_to_bob.golden.txt", narrative);
//
// Paths are relative to the root of the sources, where the tests run. With MAILCOSM_UPDATE_GOLDEN=1
// in the environment the file is written instead; look at the difference before it is committed.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailcosm::test {

testing::AssertionResult matches_golden(const std::string& path, std::string_view text);

}  // namespace mailcosm::test

#define EXPECT_GOLDEN(path, text) EXPECT_TRUE(::mailcosm::test::matches_golden(path, text))
