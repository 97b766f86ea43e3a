#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "sim/scenario/expand.h"
#include "sim/scenario/parse.h"

namespace mailcosm::sim::scenario {
namespace {

Scenario parsed(const std::string& text) {
  Parsed result = parse("test.yaml", "mailcosm: 1\ntitle: A test\n" + text);
  for (const Problem& problem : result.problems) ADD_FAILURE() << to_text(problem);
  return result.scenario ? *std::move(result.scenario) : Scenario{};
}

const std::string kSmall =
    "population:\n  domains: 20\n  users: 205\n  providers: 4\n  mails: {count: 1003}\n";

std::int64_t sum_of_users(const Scenario& scenario) {
  std::int64_t users = 0;
  for (const UserGroup& group : scenario.traffic.groups) users += group.count;
  return users;
}

TEST(PopulationTest, HasAsManyOfAllAsItSays) {
  const Scenario scenario = parsed(kSmall);
  EXPECT_EQ(scenario.traffic.groups.size(), 20u);
  EXPECT_EQ(sum_of_users(scenario), 205);
  EXPECT_EQ(scenario.mailbox_servers.size(), 4u);
  std::int64_t mails = 0, users = 0;
  for (const TrafficSource& source : scenario.traffic.sources) {
    EXPECT_EQ(source.first, users);
    users += source.users;
    mails += source.mails;
  }
  EXPECT_EQ(users, 205);
  EXPECT_EQ(mails, 1003);
}

TEST(PopulationTest, LetsEachDomainBeHostedOnce) {
  const Scenario scenario = parsed(kSmall);
  std::vector<std::string> hosted;
  for (const MailboxServer& server : scenario.mailbox_servers)
    hosted.insert(hosted.end(), server.users_of.begin(), server.users_of.end());
  ASSERT_EQ(hosted.size(), 20u);
  for (std::size_t i = 0; i < hosted.size(); ++i)
    EXPECT_EQ(hosted[i], scenario.traffic.groups[i].domain);
}

// With exponent 1 the first of four has 1 / (1 + 1/2 + 1/3 + 1/4) = 48 % of all mailboxes.
TEST(PopulationTest, GivesFewProvidersMostMailboxes) {
  const Scenario scenario =
      parsed("population:\n  domains: 1000\n  users: 100000\n  providers: 4\n  mails: 1\n");
  EXPECT_EQ(scenario.mailbox_servers[0].users_of.size(), 480u);
  EXPECT_EQ(scenario.mailbox_servers[1].users_of.size(), 240u);
  EXPECT_EQ(scenario.mailbox_servers[2].users_of.size(), 160u);
  EXPECT_EQ(scenario.mailbox_servers[3].users_of.size(), 120u);
}

TEST(PopulationTest, GivesEachProviderADomainAndEachDomainAUser) {
  const Scenario scenario = parsed(
      "population:\n  domains: 5\n  users: {count: 5, exponent: 2}\n"
      "  providers: {count: 5, exponent: 3}\n  mails: 0\n");
  for (const MailboxServer& server : scenario.mailbox_servers)
    EXPECT_EQ(server.users_of.size(), 1u);
  for (const UserGroup& group : scenario.traffic.groups) EXPECT_EQ(group.count, 1);
}

TEST(PopulationTest, DividesPeopleOverClientHosts) {
  const Scenario scenario = parsed(
      "population:\n  domains: 1\n  users: 2500\n  providers: 1\n  users_per_host: 1000\n"
      "  mails: 0\n");
  ASSERT_EQ(scenario.traffic.sources.size(), 3u);
  EXPECT_EQ(scenario.traffic.sources[0].users, 834);
  EXPECT_EQ(scenario.traffic.sources[2].users, 833);
  EXPECT_EQ(scenario.traffic.sources[2].host, "clients3.p1.net");
}

TEST(PopulationTest, ExpandsToWhatExpandsToItself) {
  const std::string more =
      "  readers: {imap: 30 %, pop3: 12.5 %, check_every: 90 s, until: 2 h}\n"
      "  access: {latency: 30 ms, loss: 0.1 %}\n  ttl: 2 h\n  users_per_host: 50\n";
  for (const std::string& mails :
       {std::string("count: 10"),
        std::string("count: 10, arrivals: diurnal, size: {uniform: {min: 1 KiB, max: 2 KiB}}"),
        std::string("count: 10, arrivals: {process: bursts, burst_factor: 7, burst_pause: 3 min}"),
        std::string(
            "count: 10, arrivals: {process: self-exciting, branching: 0.75}, recipients: 3"),
        std::string("count: 10, recipients: {zipf: {max: 9}}, size: {table: [{below: 1 KiB, share: "
                    "25 %}, {below: 3 KiB, share: 75 %}]}"),
        std::string(
            "count: 10, recipients: {geometric: {mean: 1.3}}, local: 33 %, popularity: 1.1, "
            "size: {limit: 2 MiB, mixture: [{share: 99 %, exponential: {mean: 2 KiB}}, "
            "{share: 1 %, pareto: {min: 4 KiB, alpha: 1.2, max: 1 MiB}}]}"),
        std::string("count: 10, recipients: {uniform: {min: 1, max: 2}}, begin: 5 s, activity: 0, "
                    "during: 1 day, size: 10 kB")}) {
    const std::string once =
        expand(parsed("population:\n  domains: 3\n  users: 100\n  providers: 2\n  mails: {" +
                      mails + "}\n" + more));
    const Parsed again = parse("expanded.yaml", once);
    ASSERT_TRUE(again.scenario.has_value()) << once << to_text(again.problems[0]);
    EXPECT_EQ(expand(*again.scenario), once);
  }
}

TEST(PopulationTest, KnowsItsPeopleByTheirAddress) {
  const std::string expectation = kSmall + "expect: [{mailbox: u3@d20.com, has: {count: 1}}]\n";
  EXPECT_EQ(parsed(expectation).expectations.size(), 1u);
  const Parsed beyond =
      parse("test.yaml", "mailcosm: 1\ntitle: A test\n" + kSmall +
                             "expect: [{mailbox: u300@d20.com, has: {count: 1}}]\n");
  ASSERT_EQ(beyond.problems.size(), 1u);
  EXPECT_EQ(beyond.problems[0].message, "there is no user 'u300@d20.com'");
}

TEST(PopulationTest, NeedsTenLinesForAThousandDomains) {
  std::ifstream file("bench/thousand_domains.yaml");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
  const Parsed result = parse("bench/thousand_domains.yaml", text);
  ASSERT_TRUE(result.scenario.has_value()) << to_text(result.problems);
  EXPECT_EQ(result.scenario->traffic.groups.size(), 1'000u);
  EXPECT_EQ(sum_of_users(*result.scenario), 100'000);
  std::int64_t mails = 0;
  for (const TrafficSource& source : result.scenario->traffic.sources) mails += source.mails;
  EXPECT_EQ(mails, 100'000);
}

TEST(PopulationTest, StandsBesideOrganisations) {
  const Scenario scenario =
      parsed(kSmall + "organisations: {red.com: {users: {alice: {devices: {laptop: imap}}}}}\n");
  EXPECT_EQ(scenario.mailbox_servers.size(), 5u);
  EXPECT_EQ(scenario.mailbox_servers[0].host, "store.red.com");
}

}  // namespace
}  // namespace mailcosm::sim::scenario
