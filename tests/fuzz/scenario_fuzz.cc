// Any text is refused with a message or stands for a scenario whose expansion stands for the same
// one.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "protocols/base/check.h"
#include "sim/scenario/expand.h"
#include "sim/scenario/limits.h"
#include "sim/scenario/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailcosm::sim::scenario;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Parsed parsed = parse("fuzz.yaml", text);
  CHECK(parsed.scenario.has_value() == parsed.problems.empty());
  CHECK(parsed.problems.size() <= kProblemsMax);
  for (const Problem& problem : parsed.problems) CHECK(!to_text(problem).empty());
  if (!parsed.scenario) return 0;
  const std::string once = expand(*parsed.scenario);
  const Parsed again = parse("expanded.yaml", once);
  CHECK(again.scenario.has_value());
  CHECK(expand(*again.scenario) == once);
  return 0;
}
