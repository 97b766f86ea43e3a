// A program of small mistakes in a scenario: the input chooses them, the judge looks at the result.
//
// The octets in front of the last eight are the scenario (a good one from the corpus, or anything
// else); the last eight say which mistakes are made in it.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "protocols/base/check.h"
#include "tests/fuzz/mutation/mutate.h"
#include "tests/fuzz/mutation/oracle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailcosm;
  if (size < 8) return 0;
  const std::string_view original(reinterpret_cast<const char*>(data), size - 8);
  std::uint64_t seed = 0;
  std::memcpy(&seed, data + size - 8, sizeof seed);
  Random random(seed);
  std::string text(original);
  for (std::uint64_t mistakes = 1 + seed % 3; mistakes > 0; --mistakes)
    text = test::mutate(text, random).text;
  const std::string fault = test::judge(original, text);
  CHECK(fault.empty());
  return 0;
}
