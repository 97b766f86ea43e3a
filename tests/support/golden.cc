#include "tests/support/golden.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace mailcosm::test {
namespace {

// Takes the next line off the front.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

}  // namespace

testing::AssertionResult matches_golden(const std::string& path, std::string_view text) {
  if (std::getenv("MAILCOSM_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return testing::AssertionSuccess();
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return testing::AssertionFailure()
           << path << " cannot be read; write it with MAILCOSM_UPDATE_GOLDEN=1";
  }
  const std::string golden{std::istreambuf_iterator<char>(file), {}};
  if (golden == text) return testing::AssertionSuccess();
  std::string_view expected = golden;
  std::string_view found = text;
  std::string_view expected_line, found_line;
  int number = 0;
  do {
    expected_line = take_line(expected);
    found_line = take_line(found);
    ++number;
  } while (expected_line == found_line && !(expected.empty() && found.empty()));
  return testing::AssertionFailure()
         << path << " differs from line " << number << " on\n  golden: " << expected_line
         << "\n  found:  " << found_line
         << "\nIf the new text is right: MAILCOSM_UPDATE_GOLDEN=1 and run again. It is:\n"
         << text;
}

}  // namespace mailcosm::test
