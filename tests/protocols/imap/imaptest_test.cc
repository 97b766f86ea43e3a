// Dovecot's imaptest scripts, through the environment variable MAILCOSM_CONFORMANCE_DIR.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/protocols/imap/imap_script.h"

namespace mailcosm::imap::testing {
namespace {

// Scripts that do not pass, and why.
const std::map<std::string, std::string> kKnownFailures = {};

TEST(ImaptestTest, PassesEveryScript) {
  const char* root = std::getenv("MAILCOSM_CONFORMANCE_DIR");
  if (root == nullptr) GTEST_SKIP() << "MAILCOSM_CONFORMANCE_DIR is not set";
  const std::string directory = std::string(root) + "/imap";
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const std::string name = entry.path().filename();
    if (name.find('.') == std::string::npos && name.find("LICENSE") == std::string::npos)
      names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  ASSERT_FALSE(names.empty());
  for (const std::string& name : names) {
    const std::vector<std::string> problems = run_imap_script(directory, name);
    const bool known = kKnownFailures.contains(name);
    EXPECT_EQ(problems.empty(), !known)
        << name << ": " << (problems.empty() ? "passes now" : problems.front());
  }
}

}  // namespace
}  // namespace mailcosm::imap::testing
