// Whatever runs a world, and however it is cut: the same bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "protocols/base/random.h"
#include "sim/world/read_scenario.h"
#include "tests/sim/parallel/world_traces.h"

namespace mailcosm::sim {
namespace {

// A sanitizer makes everything ten times slower: there, one number of threads does for a scenario,
// and worlds are smaller.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSlow = true;
#else
constexpr bool kIsSlow = false;
#endif

constexpr std::array<std::size_t, 4> kThreads = {2, 3, 4, 16};

scenario::Scenario parsed(const std::string& name, const std::string& text) {
  scenario::Parsed result = read_scenario(name, text);
  EXPECT_TRUE(result.scenario.has_value()) << scenario::to_text(result.problems);
  return result.scenario ? *std::move(result.scenario) : scenario::Scenario();
}

std::vector<std::filesystem::path> scenario_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("scenarios")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

WorldOptions options_of(std::size_t threads, std::uint64_t tie_break_seed = 0) {
  WorldOptions options;
  options.depth = Layer::kPacket;
  options.tie_break_seed = tie_break_seed;
  options.threads = threads;
  return options;
}

// One thread for all partitions is as good a test of the order as several, and cheaper.
WorldOptions random_options(const scenario::Scenario& scenario, std::uint64_t seed,
                            std::size_t threads) {
  WorldOptions options = options_of(threads);
  options.partition_of =
      random_partitions(scenario.hosts.size() + scenario.routers.size(), 6 + threads, seed);
  return options;
}

void expect_same(const Seen& seen, const Seen& alone) {
  EXPECT_EQ(seen.digest, alone.digest);
  EXPECT_EQ(seen.events, alone.events);
  EXPECT_EQ(seen.end, alone.end);
  EXPECT_EQ(seen.expectations, alone.expectations);
  EXPECT_TRUE(seen == alone);
}

TEST(SameTraceTest, OfEveryScenarioWithAnyNumberOfThreads) {
  std::size_t cut = 0, runs = 0, files = 0;
  for (const std::filesystem::path& path : scenario_files()) {
    SCOPED_TRACE(path);
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const scenario::Scenario scenario = parsed(path.string(), text);
    const Seen alone = run_world(scenario, options_of(1));
    ASSERT_FALSE(alone.trace.empty());
    ++files;
    for (std::size_t i = 0; i < kThreads.size(); ++i) {
      if (kIsSlow && i != files % kThreads.size()) continue;
      SCOPED_TRACE(kThreads[i]);
      // As planned, or at random: a plan hardly divides what is over soon.
      const Seen seen =
          run_world(scenario, i % 2 == 0 ? options_of(kThreads[i])
                                         : random_options(scenario, files, kThreads[i]));
      expect_same(seen, alone);
      ++runs;
      if (seen.partitions > 1) ++cut;
    }
    expect_same(run_world(scenario, random_options(scenario, path.string().size(), 1)), alone);
  }
  // The others have a fault that waits for a record.
  EXPECT_GT(cut, runs / 2);
}

TEST(SameTraceTest, WithEqualTimesShuffled) {
  std::ifstream file("scenarios/first/alice_to_bob.yaml", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const scenario::Scenario scenario = parsed("alice_to_bob.yaml", text);
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    expect_same(run_world(scenario, options_of(3, seed)), run_world(scenario, options_of(1, seed)));
  }
}

TEST(SameTraceTest, WithSlicesOfAnySize) {
  std::ifstream file("scenarios/first/alice_to_bob.yaml", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const scenario::Scenario scenario = parsed("alice_to_bob.yaml", text);
  const Seen alone = run_world(scenario, options_of(1));
  for (const std::uint64_t slice : {1u, 7u, 1'000u}) {
    SCOPED_TRACE(slice);
    expect_same(run_world(scenario, options_of(2), slice), alone);
  }
}

TEST(SameTraceTest, UntilTheScenarioEndsIt) {
  for (const char* until : {"0 s", "1 ms", "250 ms", "1 s"}) {
    SCOPED_TRACE(until);
    const std::string text = std::string("mailcosm: 1\ntitle: Cut short\nuntil: ") + until + R"(
organisations:
  red.com: {users: {alice: {devices: {laptop: imap}}}}
  blue.com: {users: {bob: {devices: {phone: imap}}}}
story:
  - {at: 0 s, alice writes: {to: bob@blue.com, subject: One, body: One.}}
)";
    const scenario::Scenario scenario = parsed("short.yaml", text);
    const Seen alone = run_world(scenario, options_of(1));
    expect_same(run_world(scenario, options_of(2)), alone);
    expect_same(run_world(scenario, random_options(scenario, 3, 2)), alone);
  }
}

// `mails` mails among `domains` domains of two people, one each 10 ms.
std::string many_mails(std::size_t domains, std::size_t mails) {
  std::string text = "mailcosm: 1\ntitle: Many mails\norganisations:\n  d{1.." +
                     std::to_string(domains) +
                     "}.com: {users: {\"u{1..2}\": {devices: {program: none}}}}\nstory:\n";
  for (std::size_t i = 0; i < mails; ++i) {
    const std::size_t from = 1 + i % domains;
    const std::size_t to = 1 + (i + 1 + i / domains % (domains - 1)) % domains;
    text += "  - at: " + std::to_string(i * 10) + " ms\n    u1@d" + std::to_string(from) +
            ".com writes: {to: u2@d" + std::to_string(to) + ".com, subject: Number " +
            std::to_string(i) + ", body: Hello}\n";
  }
  return text;
}

TEST(SameTraceTest, OfAWorldOfManyMails) {
  const scenario::Scenario scenario = parsed("mails.yaml", many_mails(20, kIsSlow ? 40 : 300));
  const Seen alone = run_world(scenario, options_of(1));
  for (const std::size_t threads : kThreads) {
    SCOPED_TRACE(threads);
    const Seen seen = run_world(scenario, options_of(threads));
    EXPECT_GE(seen.partitions, threads);
    expect_same(seen, alone);
  }
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(seed);
    expect_same(run_world(scenario, random_options(scenario, seed, 1 + seed % 3)), alone);
  }
}

constexpr std::array kEffects = {
    "link: {between: [router.red.com, internet], up: false}",
    "link: {between: [router.blue.com, internet], loss: 30 %}",
    "link: {between: [router.blue.com, internet], latency: 2 s, jitter: 1 s, reorders: true}",
    "link: {between: [router.blue.com, internet], latency: 1 us}",
    "link: {between: [store.blue.com, router.blue.com], flaps: {down: 3 s, up: 2 s}}",
    "link: {between: [mx1.blue.com, router.blue.com], up: false, one_way: true}",
    "link: {between: [mail.red.com, router.red.com], bandwidth: 8 kbit/s, queue: 2}",
    "link: {between: [router.red.com, internet], duplication: 50 %}",
    "partition: {cuts_off: [blue.com]}",
    "partition: {cuts_off: [a.root-servers.net, store.blue.com]}",
    "host: {name: mail.red.com, loses: power}",
    "host: {name: mx1.blue.com, loses: power}",
    "host: {name: store.blue.com, loses: power}",
    "host: {name: resolver.red.com, loses: power}",
    "host: {name: bob-phone.blue.com, loses: everything}",
    "disk: {host: mx1.blue.com, fails: true}",
    "disk: {host: store.blue.com, full: true, slow: 2 s}",
    "dns: {host: a.nic.com, answers: nothing}",
    "dns: {host: resolver.red.com, answers: servfail, delay: 2 s}",
    "replies: {host: mail.red.com, delay: 7 s}",
    "replies: {host: mx1.blue.com, command: message, drops: true, delay: 3 s}",
    "replies: {host: store.blue.com, protocol: lmtp, command: message, answers: 451 4.3.0 Later}",
};
constexpr std::array kTimes = {"0 s", "1 ms", "338 ms", "384 ms", "1 min"};
constexpr std::array kSpans = {"1 ms", "20 ms", "3 s", "1 min", "20 min", "2 h"};

template <typename Choices>
std::string one_of(const Choices& choices, Random& random) {
  return choices[static_cast<std::size_t>(random.below(choices.size()))];
}

std::string swarm(std::uint64_t seed) {
  Random random(seed);
  std::string text = R"(mailcosm: 1
title: A swarm of faults
until: 1 days
organisations:
  red.com: {users: {alice: {devices: {laptop: imap}}}}
  blue.com: {users: {bob: {devices: {phone: {protocol: imap, idles: true, check_every: 7 h}, desktop: pop3}}}}
story:
  - {at: 1 ms, alice writes: {to: bob@blue.com, subject: One, body: One.}}
  - {at: 1 min, alice writes: {to: [bob@blue.com, nobody@blue.com], subject: Two, body: Two.}}
  - {at: 1 h, bob checks mail: phone}
faults:
)";
  for (std::uint64_t left = 1 + random.below(5); left > 0; --left) {
    text += "  - {at: " + one_of(kTimes, random) + ", for: " + one_of(kSpans, random) + ", " +
            one_of(kEffects, random) + "}\n";
  }
  return text;
}

TEST(SameTraceTest, OfSwarmsOfFaults) {
  for (std::uint64_t seed = 1; seed <= (kIsSlow ? 8 : 40); ++seed) {
    const std::string text = swarm(seed);
    SCOPED_TRACE(text.substr(text.find("faults:")));
    const scenario::Scenario scenario = parsed("swarm.yaml", text);
    const Seen alone = run_world(scenario, options_of(1));
    expect_same(run_world(scenario, options_of(2)), alone);
    expect_same(run_world(scenario, random_options(scenario, seed, 1)), alone);
    expect_same(run_world(scenario, random_options(scenario, seed + 1'000, 3)), alone);
  }
}

}  // namespace
}  // namespace mailcosm::sim
