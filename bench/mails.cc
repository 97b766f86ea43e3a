#include "bench/mails.h"

#include <fmt/format.h>

#include <string>

#include "bench/stopwatch.h"
#include "protocols/base/check.h"
#include "sim/scenario/parse.h"
#include "sim/world/world.h"

namespace mailcosm::bench {
namespace {

constexpr std::uint64_t kPeople = 10;  // of each domain

std::string scenario_text(std::uint64_t domains, std::uint64_t mails) {
  std::string text = fmt::format(
      "mailcosm: 1\ntitle: Many mails\norganisations:\n"
      "  d{{1..{}}}.com:\n    users:\n      u{{1..{}}}: {{devices: {{program: none}}}}\nstory:\n",
      domains, kPeople);
  for (std::uint64_t i = 0; i < mails; ++i) {
    const std::uint64_t from = 1 + i % domains;
    const std::uint64_t to = 1 + (i + 1 + i / domains % (domains - 1)) % domains;
    text += fmt::format(
        "  - at: {} ms\n    u{}@d{}.com writes: {{to: u{}@d{}.com, subject: Number {}, body: "
        "Hello}}\n",
        i * 100, 1 + i / domains % kPeople, from, 1 + i % kPeople, to, i);
  }
  return text;
}

class Stored final : public sim::RecordSink {
 public:
  void accept(const sim::Record& record) override {
    if (record.kind == sim::Kind::kMessageStored) ++count_;
  }
  std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

}  // namespace

Figures measure_mails(std::uint64_t domains, std::uint64_t mails) {
  const sim::scenario::Parsed parsed = sim::scenario::parse("mails", scenario_text(domains, mails));
  CHECK(parsed.scenario.has_value());
  double setup = 0;
  std::uint64_t hosts = 0;
  std::uint64_t packets = 0;
  std::uint64_t events = 0;
  const double rate = median_of_five([&] {
    const Stopwatch building;
    sim::World world(*parsed.scenario, {sim::Layer::kStory, 0});
    setup = building.seconds();
    hosts = world.header().hosts.size();
    Stored stored;
    world.add_sink(stored);
    const Stopwatch running;
    while (world.advance(UINT64_MAX)) {
    }
    const double seconds = running.seconds();
    CHECK(stored.count() == mails);
    packets = world.packets();
    events = world.events();
    return static_cast<double>(mails) / seconds;
  });
  const auto each = [&](std::uint64_t count) {
    return static_cast<double>(count) / static_cast<double>(mails);
  };
  return {{"mails", rate, "mails/s", 0,
           fmt::format("{} domains, submission to mailbox; {:.0f} packets and {:.0f} events each",
                       domains, each(packets), each(events))},
          {"mails, set-up", setup * 1e6 / static_cast<double>(hosts), "us/host", 1,
           fmt::format("{} hosts with their programs", grouped(static_cast<double>(hosts), 0))}};
}

}  // namespace mailcosm::bench
