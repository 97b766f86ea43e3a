// Power fails at every moment of a delivery: what a server has promised with 250 is there when it
// is back, what it has not promised is sent again, and nothing comes twice without need.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/world/world_run.h"

namespace mailcosm::sim {
namespace {

const std::string kStory = R"(mailcosm: 1
title: Power fails
organisations:
  red.com:
    users:
      alice: {devices: {laptop: imap}}
  blue.com:
    users:
      bob: {devices: {phone: imap}}
story:
  - at: 0 s
    alice writes: {to: bob@blue.com, subject: Lunch, body: Noon.}
  - at: 1 day
    bob checks mail: phone
expect:
  - mailbox: bob@blue.com
    has: {count: {at_least: 1, at_most: 2}}
  - message: {user: bob@blue.com, subject: Lunch}
    has: {as_written: true}
  - received: {user: bob, device: phone, subject: Lunch}
  - bounce: {}
    never: true
  - queue: mail.red.com
    has: {count: 0}
  - queue: mx1.blue.com
    has: {count: 0}
)";

std::string with_power_cut(const std::string& host, Instant at) {
  return kStory + "faults:\n  - {at: " + std::to_string(at.ns) +
         " ns, for: 10 min, host: {name: " + host + ", loses: power}}\n";
}

// The moments at which something happens on the host before the mail is stored, and the moment
// after each.
std::set<Instant> moments_of(const WorldRun& undisturbed, const std::string& host) {
  std::set<Instant> moments;
  for (const auto& entry : undisturbed.entries) {
    if (entry.time > Instant{} + std::chrono::seconds(10)) break;
    if (undisturbed.host_of(entry) != host) continue;
    moments.insert(entry.time);
    moments.insert(entry.time + Duration(1));
  }
  return moments;
}

std::size_t stored_for_bob(const WorldRun& run) {
  std::size_t count = 0;
  for (const auto& entry : run.entries)
    count += entry.kind == Kind::kMessageStored && entry.texts[0] == "bob@blue.com" ? 1 : 0;
  return count;
}

// When a second copy may come about: from the moment that the message is with the server, or on its
// way to it, until its client knows for good that there is nothing more to send. A client that has
// not heard the 250, or has forgotten it, must send again (RFC 5321 section 4.5.4.1).
struct Window {
  std::string client, server;
  Instant sent, taken, known;
};

Instant time_of(const WorldRun& run, Kind kind, std::string_view host) {
  for (const auto& entry : run.entries) {
    if (entry.kind == kind && run.host_of(entry) == host) return entry.time;
  }
  ADD_FAILURE() << info_of(kind).name << " at " << host;
  return {};
}

std::vector<Window> windows_of(const WorldRun& run) {
  const std::string laptop = "alice-laptop.red.com", mail = "mail.red.com", mx = "mx1.blue.com",
                    store = "store.blue.com";
  const Duration sync = std::chrono::milliseconds(10);
  return {{laptop, mail, time_of(run, Kind::kDataSent, laptop),
           time_of(run, Kind::kMessageAccepted, mail),
           time_of(run, Kind::kMessageSubmitted, laptop) + sync},
          {mail, mx, time_of(run, Kind::kDataSent, mail), time_of(run, Kind::kMessageAccepted, mx),
           time_of(run, Kind::kMessageRemoved, mail) + sync},
          {mx, store, time_of(run, Kind::kDataSent, mx), time_of(run, Kind::kMessageStored, store),
           time_of(run, Kind::kMessageRemoved, mx) + sync}};
}

bool may_be_doubled(const std::vector<Window>& windows, const std::string& host, Instant moment) {
  return std::any_of(windows.begin(), windows.end(), [&](const Window& window) {
    if (window.client != host && window.server != host) return false;
    return (window.client == host ? window.sent : window.taken) <= moment && moment <= window.known;
  });
}

// From `first` on.
void cut_power_everywhere(const std::string& host, Instant first = {}) {
  const WorldRun undisturbed(kStory);
  ASSERT_EQ(undisturbed.failures, "");
  const std::vector<Window> windows = windows_of(undisturbed);
  const std::set<Instant> moments = moments_of(undisturbed, host);
  EXPECT_GE(moments.size(), 8u);
  for (Instant moment : moments) {
    if (moment < first) continue;
    SCOPED_TRACE(host + " loses power at " + std::to_string(moment.ns) + " ns");
    const WorldRun run(with_power_cut(host, moment));
    EXPECT_EQ(run.failures, "");
    EXPECT_EQ(run.count(Kind::kHostRestarted), 1u);
    EXPECT_LE(stored_for_bob(run), may_be_doubled(windows, host, moment) ? 2u : 1u);
  }
}

TEST(PowerTest, TheSubmissionServerKeepsWhatItPromised) { cut_power_everywhere("mail.red.com"); }

TEST(PowerTest, TheEdgeServerKeepsWhatItPromised) { cut_power_everywhere("mx1.blue.com"); }

TEST(PowerTest, TheMailboxServerKeepsWhatItPromised) { cut_power_everywhere("store.blue.com"); }

// Until her disk has the message nobody has promised Alice anything.
TEST(PowerTest, TheWriterSendsWhatLiesInTheOutbox) {
  cut_power_everywhere("alice-laptop.red.com", Instant{} + std::chrono::milliseconds(6));
}

TEST(PowerTest, AResolverStartsWithAnEmptyCache) { cut_power_everywhere("resolver.red.com"); }

TEST(PowerTest, TheSameCutGivesTheSameRun) {
  const WorldRun undisturbed(kStory);
  for (Instant moment : moments_of(undisturbed, "mx1.blue.com")) {
    const std::string text = with_power_cut("mx1.blue.com", moment);
    EXPECT_EQ(WorldRun(text).digest, WorldRun(text).digest);
    break;
  }
}

}  // namespace
}  // namespace mailcosm::sim
