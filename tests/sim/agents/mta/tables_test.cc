// The tables of an MTA: aliases, routes, access, exchangers.
#include <gtest/gtest.h>

#include "protocols/mail/message.h"
#include "sim/agents/mta/access_policy.h"
#include "sim/agents/mta/alias_table.h"
#include "sim/agents/mta/exchangers.h"
#include "sim/agents/mta/router.h"
#include "sim/agents/mta/trace_fields.h"

namespace mailcosm::sim {
namespace {

using Problem = AliasTable::Problem;

mail::Address at(const std::string& text) { return *mail::parse_mailbox(text); }

std::vector<std::string> expand(const AliasTable& table, const std::string& address,
                                Problem problem = Problem::kNone,
                                const AliasTable::Limits& limits = {}) {
  const AliasTable::Expansion expansion = table.expand(at(address), limits);
  EXPECT_EQ(expansion.problem, problem) << address;
  std::vector<std::string> targets;
  for (const mail::Address& target : expansion.targets) targets.push_back(target.to_string());
  return targets;
}

TEST(AliasTableTest, LeavesOtherAddressesAlone) {
  const AliasTable table({});
  EXPECT_EQ(expand(table, "bob@blue.com"), (std::vector<std::string>{"bob@blue.com"}));
}

TEST(AliasTableTest, ReplacesAliasesByTheirTargets) {
  const std::vector<MtaAlias> aliases = {
      {at("all@blue.com"), {at("staff@blue.com"), at("bob@blue.com"), at("eve@x.y")}},
      {at("staff@blue.com"), {at("bob@blue.com"), at("carol@blue.com")}}};
  const AliasTable table(aliases);
  EXPECT_EQ(expand(table, "ALL@Blue.com"),
            (std::vector<std::string>{"bob@blue.com", "carol@blue.com", "eve@x.y"}));
  EXPECT_EQ(table.expand(at("all@blue.com"), {}).steps.size(), 2u);
}

TEST(AliasTableTest, AnAliasMayNameItself) {
  const std::vector<MtaAlias> aliases = {
      {at("bob@blue.com"), {at("bob@blue.com"), at("copy@x.y")}}};
  EXPECT_EQ(expand(AliasTable(aliases), "bob@blue.com"),
            (std::vector<std::string>{"bob@blue.com", "copy@x.y"}));
}

// RFC 5321 section 6.3: loops are detected.
TEST(AliasTableTest, FindsLoops) {
  const std::vector<MtaAlias> aliases = {
      {at("a@x.y"), {at("b@x.y")}}, {at("b@x.y"), {at("c@x.y")}}, {at("c@x.y"), {at("a@x.y")}}};
  expand(AliasTable(aliases), "a@x.y", Problem::kLoop);
}

TEST(AliasTableTest, LimitsDepth) {
  std::vector<MtaAlias> aliases;
  for (int i = 0; i < 5; ++i)
    aliases.push_back(
        {at("a" + std::to_string(i) + "@x.y"), {at("a" + std::to_string(i + 1) + "@x.y")}});
  for (std::size_t limit = 4; limit < 7; ++limit) {
    expand(AliasTable(aliases), "a0@x.y", limit < 5 ? Problem::kTooMany : Problem::kNone,
           {limit, 100});
  }
}

TEST(AliasTableTest, LimitsTargets) {
  std::vector<MtaAlias> aliases = {{at("list@x.y"), {}}};
  for (int i = 0; i < 5; ++i) aliases[0].targets.push_back(at("u" + std::to_string(i) + "@x.y"));
  for (std::size_t limit = 4; limit < 7; ++limit) {
    expand(AliasTable(aliases), "list@x.y", limit < 5 ? Problem::kTooMany : Problem::kNone,
           {16, limit});
  }
}

// Ten levels of ten aliases each, all of which name all of the next level: ten to the tenth ways.
TEST(AliasTableTest, AnAliasBombIsRefusedQuickly) {
  std::vector<MtaAlias> aliases;
  const auto name = [](int level, int i) {
    return at("a" + std::to_string(level) + "-" + std::to_string(i) + "@x.y");
  };
  for (int level = 0; level < 10; ++level) {
    for (int i = 0; i < 10; ++i) {
      aliases.push_back({name(level, i), {}});
      for (int j = 0; j < 10; ++j) aliases.back().targets.push_back(name(level + 1, j));
    }
  }
  const AliasTable table(aliases);
  EXPECT_EQ(table.expand(name(0, 0), {}).problem, Problem::kTooMany);
}

// Also beyond the length up to which a list is searched.
TEST(AliasTableTest, NamesEachTargetOfALongListOnce) {
  for (const int members : {15, 16, 17, 18, 400}) {
    SCOPED_TRACE(members);
    std::vector<MtaAlias> aliases = {{at("list@x.y"), {}}};
    for (int i = 0; i < members; ++i)
      aliases[0].targets.push_back(at("u" + std::to_string(i) + "@blue.com"));
    std::vector<std::string> wanted;
    for (const mail::Address& target : aliases[0].targets) wanted.push_back(target.to_string());
    // The same in other cases: of a domain that makes no difference, of a local part it does.
    for (int i = 0; i < members; ++i)
      aliases[0].targets.push_back(at("u" + std::to_string(i) + "@BLUE.com"));
    aliases[0].targets.push_back(at("U0@blue.com"));
    wanted.push_back("U0@blue.com");
    EXPECT_EQ(expand(AliasTable(aliases), "list@x.y"), wanted);
  }
}

TEST(RouterTest, TakesTheMostSpecificRoute) {
  using Transport = MtaRoute::Transport;
  const std::vector<MtaRoute> routes = {{"*", Transport::kRelay, "smart.red.com", 587},
                                        {".blue.com", Transport::kRelay, "Inner.blue.com", 25},
                                        {".sales.blue.com", Transport::kMx, "", 25},
                                        {"blue.com", Transport::kLmtp, "store.blue.com", 24}};
  const Router router(routes);
  EXPECT_EQ(router.route(at("a@BLUE.com")), (Destination{Transport::kLmtp, "store.blue.com", 24}));
  EXPECT_EQ(router.route(at("a@x.blue.com")),
            (Destination{Transport::kRelay, "inner.blue.com", 25}));
  EXPECT_EQ(router.route(at("a@x.sales.Blue.com")),
            (Destination{Transport::kMx, "x.sales.blue.com", 25}));
  EXPECT_EQ(router.route(at("a@notblue.com")),
            (Destination{Transport::kRelay, "smart.red.com", 587}));
  EXPECT_EQ(Router({}).route(at("a@B.c")), (Destination{Transport::kMx, "b.c", 25}));
}

class AccessPolicyTest : public testing::Test {
 protected:
  AccessPolicyTest() {
    config.name = "mx.blue.com";
    config.local_domains = {"blue.com"};
    config.relay_domains = {"green.com"};
    config.recipients = {at("bob@blue.com"), at("gus@green.com")};
    config.aliases = {{at("info@blue.com"), {at("bob@blue.com")}}};
    config.relay_from = {{*IpAddress::parse("192.0.2.0"), 29}};
    config.accounts = {{"alice", "secret", {at("alice@red.com"), at("sales@red.com")}}};
    stranger.address = *IpAddress::parse("198.51.100.1");
    friendly.address = *IpAddress::parse("192.0.2.7");
    user.address = stranger.address;
    user.account = {std::shared_ptr<const MtaAccount>(), &config.accounts[0]};
  }
  int rcpt(const MtaClient& client, const std::string& address) {
    return AccessPolicy(config).check_recipient(client, at(address)).code;
  }
  MtaConfig config;
  MtaClient stranger;
  MtaClient friendly;
  MtaClient user;
};

TEST_F(AccessPolicyTest, TakesMailForKnownLocalUsers) {
  EXPECT_EQ(rcpt(stranger, "bob@blue.com"), 0);
  EXPECT_EQ(rcpt(stranger, "Bob@BLUE.com"), 0);
  EXPECT_EQ(rcpt(stranger, "info@blue.com"), 0);
  EXPECT_EQ(rcpt(stranger, "nobody@blue.com"), 550);
  EXPECT_EQ(rcpt(user, "nobody@blue.com"), 550);
}

// RFC 5321 section 4.5.1: postmaster is always there.
TEST_F(AccessPolicyTest, AlwaysKnowsPostmaster) {
  EXPECT_EQ(rcpt(stranger, "PostMaster@blue.com"), 0);
}

TEST_F(AccessPolicyTest, RelaysForItsOwnOnly) {
  EXPECT_EQ(rcpt(stranger, "x@elsewhere.com"), 550);
  EXPECT_EQ(rcpt(friendly, "x@elsewhere.com"), 0);
  EXPECT_EQ(rcpt(user, "x@elsewhere.com"), 0);
  friendly.address = *IpAddress::parse("192.0.2.8");
  EXPECT_EQ(rcpt(friendly, "x@elsewhere.com"), 550);
}

TEST_F(AccessPolicyTest, ChecksRecipientsOfRelayDomainsOnDemand) {
  EXPECT_EQ(rcpt(stranger, "nobody@green.com"), 0);
  config.checks_relay_recipients = true;
  EXPECT_EQ(rcpt(stranger, "nobody@green.com"), 550);
  EXPECT_EQ(rcpt(stranger, "gus@green.com"), 0);
}

// RFC 6409 section 6.1: the sender must be one of the user's own.
TEST_F(AccessPolicyTest, ChecksTheSender) {
  const AccessPolicy policy(config);
  EXPECT_EQ(policy.check_sender(user, at("sales@red.com")).code, 0);
  EXPECT_EQ(policy.check_sender(user, at("boss@red.com")).code, 553);
  EXPECT_EQ(policy.check_sender(user, {}).code, 0);
  EXPECT_EQ(policy.check_sender(stranger, at("boss@red.com")).code, 0);
}

TEST_F(AccessPolicyTest, LogsIn) {
  const AccessPolicy policy(config);
  EXPECT_EQ(policy.log_in({"", "alice", "secret"}).get(), &config.accounts[0]);
  EXPECT_EQ(policy.log_in({"alice", "alice", "secret"}).get(), &config.accounts[0]);
  EXPECT_EQ(policy.log_in({"bob", "alice", "secret"}).get(), nullptr);
  EXPECT_EQ(policy.log_in({"", "alice", "wrong"}).get(), nullptr);
  EXPECT_EQ(policy.log_in({"", "eve", "secret"}).get(), nullptr);
}

TEST(NetworkTest, ComparesBits) {
  const MtaNetwork network = {*IpAddress::parse("2001:db8::"), 33};
  EXPECT_TRUE(contains(network, *IpAddress::parse("2001:db8:7fff::1")));
  EXPECT_FALSE(contains(network, *IpAddress::parse("2001:db8:8000::1")));
  EXPECT_FALSE(contains(network, *IpAddress::parse("192.0.2.1")));
  EXPECT_TRUE(contains({*IpAddress::parse("0.0.0.0"), 0}, *IpAddress::parse("192.0.2.1")));
}

// RFC 5321 section 5.1: a host in the list drops itself and all of equal or lower priority.
TEST(ExchangersTest, DropsFromItself) {
  const std::vector<std::string> own = {"mx2.blue.com"};
  std::vector<Exchanger> list = {
      {"mx1.blue.com", 10}, {"other.blue.com", 20}, {"MX2.blue.com", 20}, {"mx3.blue.com", 30}};
  EXPECT_EQ(to_string(list),
            "10 mx1.blue.com, 20 other.blue.com, 20 MX2.blue.com, 30 mx3.blue.com");
  EXPECT_TRUE(drop_from_self(list, own));
  EXPECT_EQ(to_string(list), "10 mx1.blue.com");
  EXPECT_FALSE(drop_from_self(list, own));
  EXPECT_EQ(to_string({{"store.blue.com", -1}}), "store.blue.com");
}

// RFC 6409 section 8.2 and RFC 6409 section 8.3: Date and Message-ID are added where they are
// missing.
TEST(TraceFieldsTest, AddsWhatIsMissing) {
  const std::string both = "Date: x\r\nmessage-id: <y>\r\n\r\n";
  std::string message_id = "<y>";
  std::string added;
  append_missing_fields(mail::Header::parse(both), {}, 1, "red.com", message_id, added);
  EXPECT_EQ(added, "");
  EXPECT_EQ(message_id, "<y>");
  append_missing_fields(mail::Header::parse("Subject: x\r\n\r\n"), {}, 1, "red.com", message_id,
                        added);
  EXPECT_NE(added.find("Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n"), std::string::npos);
  EXPECT_NE(added.find("@red.com>\r\n"), std::string::npos);
  EXPECT_EQ(mail::message_id_of(Content(added)), message_id);
}

}  // namespace
}  // namespace mailcosm::sim
