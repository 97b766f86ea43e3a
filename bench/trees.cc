#include "bench/trees.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "bench/stopwatch.h"
#include "bench/stored.h"
#include "protocols/base/check.h"
#include "sim/scenario/parse.h"
#include "sim/world/world.h"

namespace mailcosm::bench {
namespace {

constexpr std::uint64_t kOfEachDomain = 20;

// The list names one alias of each domain, which stands for all who live there.
std::string scenario_text(std::uint64_t members) {
  const std::uint64_t domains = members / kOfEachDomain;
  std::string text = "mailcosm: 1\ntitle: A list\norganisations:\n";
  for (std::uint64_t domain = 1; domain <= domains; ++domain) {
    text += fmt::format(
        "  d{}.com:\n    users:\n      u{{1..{}}}: {{devices: {{program: none}}}}\n"
        "    aliases:\n      everybody:\n",
        domain, kOfEachDomain);
    for (std::uint64_t user = 1; user <= kOfEachDomain; ++user)
      text += fmt::format("        - u{}@d{}.com\n", user, domain);
  }
  text +=
      "  lists.com:\n    users:\n      editor: {devices: {program: none}}\n"
      "    aliases:\n      all:\n";
  for (std::uint64_t i = 1; i <= domains; ++i)
    text += fmt::format("        - everybody@d{}.com\n", i);
  text +=
      "story:\n  - at: 0 s\n    editor@lists.com writes:\n      to: all@lists.com\n"
      "      subject: News\n      body: |\n";
  for (std::size_t octets = 0; octets < 10'000; octets += 64)
    text += "        The quick brown fox jumps over the lazy dog, once and again.\n";
  return text;
}

}  // namespace

TreeResult run_tree(std::uint64_t members) {
  const sim::scenario::Parsed parsed = sim::scenario::parse("list", scenario_text(members));
  CHECK(parsed.scenario.has_value());
  sim::World world(*parsed.scenario, {sim::Layer::kStory, 0});
  Stored stored;
  world.add_sink(stored);
  bool more = world.advance(1);  // all programs start
  const Stopwatch watch;
  while (more) more = world.advance(UINT64_MAX);
  return {watch.seconds(), stored.count(), world.packets()};
}

Figures measure_trees(std::uint64_t members_max) {
  struct Size {
    std::uint64_t members;
    std::vector<double> rates;
    TreeResult last;
  };
  std::vector<Size> sizes;
  for (std::uint64_t members =
           std::min<std::uint64_t>(100, members_max / kOfEachDomain * kOfEachDomain);
       members <= members_max; members *= 10) {
    sizes.push_back({members, {}, {}});
  }
  // Alternately, so that what else the machine does hits all of them.
  constexpr int kRounds = 9;
  for (int round = 0; round < kRounds; ++round) {
    for (Size& size : sizes) {
      size.last = run_tree(size.members);
      CHECK(size.last.stored == size.members);
      size.rates.push_back(static_cast<double>(size.members) / size.last.seconds);
    }
  }
  Figures figures;
  for (const Size& size : sizes) {
    const double packets =
        static_cast<double>(size.last.packets) / static_cast<double>(size.members);
    figures.push_back(
        {fmt::format("trees, {} members", grouped(static_cast<double>(size.members), 0)),
         median(size.rates), "deliveries/s", 0,
         fmt::format("one mail of 10 kB to a list; {:.1f} packets for each member", packets), true,
         *std::max_element(size.rates.begin(), size.rates.end())});
  }
  return figures;
}

}  // namespace mailcosm::bench
